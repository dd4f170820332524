import { type Html, joined } from "../html.ts";

/** One slide: what the audience sees, in steps, and what the speaker reads. */
export interface Slide {
  /** The name of the section it belongs to, where it does not show it itself. */
  running: string;
  steps: Html[];
  notes: Html[];
}

/** Fills one slide after another. */
export class SlideMaker {
  readonly #slides: Slide[] = [];
  #section = "";
  #words = false;

  /** Whether the slide has its words already, so that more of them go into the notes. */
  get hasText(): boolean {
    return this.#words;
  }

  /** The slides in order, without any that shows nothing: its notes go to the one before. */
  slides(): Slide[] {
    const kept: Slide[] = [];
    for (const slide of this.#slides) {
      const before = kept.at(-1);
      if (slide.steps.some(step => !step.isEmpty)) kept.push(slide);
      else before?.notes.push(...slide.notes);
    }
    return kept;
  }

  begin(running: string): void {
    this.#slides.push({ running, steps: [], notes: [] });
    this.#words = false;
  }

  /** A section begins a slide. */
  section(name: string): void {
    this.#section = name;
    this.begin("");
  }

  /** A figure or a piece of code has a slide of its own, on which the section is named in small. */
  beginOwn(): void {
    this.begin(this.#section);
    this.#words = true;
  }

  /** @param later whether it is to appear at a further key */
  show(content: Html, later = false, isText = false): void {
    if (this.#slides.length === 0) this.begin("");
    const slide = this.#slides.at(-1) as Slide;
    const last = slide.steps.pop();
    if (last !== undefined && later) slide.steps.push(last, content);
    else slide.steps.push(last === undefined ? content : joined([last, content]));
    this.#words ||= isText;
  }

  note(content: Html): void {
    if (this.#slides.length === 0) this.begin("");
    this.#slides.at(-1)?.notes.push(content);
  }
}
