import type { Cell } from "@jupyterlab/cells";
import { element } from "../element.ts";
import type { ExerciseCounts } from "../../notebook/courseModels.ts";
import { exerciseWords } from "../course/exerciseWords.ts";
import { type ClaimCounts, claimWords } from "./claimWords.ts";
import type { Exercises } from "./exercises.ts";
import { isUntoldFailure } from "./failed.ts";
import { MARGIN } from "./inView.ts";
import type { Lecture } from "./lecture.ts";
import { settle } from "./place.ts";
import { type Section, sectionsOf } from "./sections.ts";

/** A section, and what became of its claims, its exercises, and its cells. */
interface CountedSection extends Section {
  claims: ClaimCounts;
  exercises: ExerciseCounts;
  /** How many cells failed, other than by what their claims and exercises say. */
  failed: number;
}

/** One mark for all that a section has to show: what fails before what is open, and that before what holds. */
function standing({ claims, exercises, failed }: CountedSection): { mark: string; state: string; words: string } {
  const words = [
    claims.holds + claims.fails > 0 && claimWords(claims),
    exercises.total > 0 && exerciseWords(exercises),
    failed > 0 && (failed === 1 ? "1 cell failed" : `${failed} cells failed`),
  ].filter(Boolean);
  const [mark, state] =
    claims.fails + exercises.wrong + failed > 0
      ? ["✗", "fails"]
      : exercises.solved < exercises.total
        ? ["○", "open"]
        : ["✓", "holds"];
  return { mark, state, words: words.join("; ") };
}

/** The contents of a lecture: where one is, and which sections there are; each says whether its claims hold and its exercises are right. */
export class Contents {
  readonly #nav = element("nav", { "aria-label": "Contents of this lecture" });
  readonly node = element("div", { class: "contents" }, this.#nav);
  #drawn = "";
  #sections: CountedSection[] = [];
  #links: HTMLAnchorElement[] = [];

  constructor(
    readonly lecture: Lecture,
    readonly exercises: Exercises,
  ) {
    const { notebook } = lecture;
    lecture.changed.connect(() => this.refresh());
    notebook.activeCellChanged.connect(() => this.#mark());
    this.#closeOver(notebook.node);
    this.refresh();
  }

  /** Where the contents lie over the lecture they go by Escape, and by a touch of the lecture. */
  #closeOver(lecture: HTMLElement): void {
    const close = () => document.body.classList.remove("contents-open");
    lecture.addEventListener("pointerdown", close);
    addEventListener("keydown", ({ key }) => {
      if (key === "Escape") close();
    });
  }

  get sections(): readonly CountedSection[] {
    return this.#sections;
  }

  refresh(): void {
    this.#sections = sectionsOf(this.lecture.outlineCells()).map(section => ({
      ...section,
      claims: this.lecture.claimsBetween(section.from, section.to),
      exercises: this.exercises.between(section.from, section.to),
      failed: this.lecture.cells.slice(section.from, section.to).filter(isUntoldFailure).length,
    }));
    const now = JSON.stringify(this.#sections);
    // Drawn again only when it differs: a focus in it stays.
    if (now === this.#drawn) return;
    this.#drawn = now;
    this.#links = this.#sections.map(section => {
      const { mark, state, words } = standing(section);
      return element(
        "a",
        { href: `#${encodeURIComponent(section.title)}`, onclick: (event: Event) => this.#go(event, section) },
        section.title,
        words && element("span", { class: `mark ${state}`, role: "img", "aria-label": words, title: words }, mark),
      );
    });
    this.#nav.replaceChildren(
      element(
        "ol",
        {},
        ...this.#links.map((link, index) => element("li", { class: `level-${this.#sections[index]?.level}` }, link)),
      ),
    );
    this.#mark();
  }

  /** The section is at the head of the view, and the keys are the notebook's from there. */
  #go(event: Event, section: Section): void {
    event.preventDefault();
    const { notebook, cells } = this.lecture;
    const cell = cells[section.from];
    if (!cell) return;
    document.body.classList.remove("contents-open");
    notebook.mode = "command";
    notebook.activeCellIndex = section.from;
    notebook.deselectAll();
    notebook.activate();
    void settle(this.lecture, () => this.#headingOf(section, cell), MARGIN);
  }

  /** A cell may have several headings, below other text; one that is not drawn yet has none. */
  #headingOf(section: Section, { node }: Cell): HTMLElement {
    const at = this.#sections
      .filter(({ from }) => from === section.from)
      .findIndex(({ title }) => title === section.title);
    return node.querySelectorAll<HTMLElement>(".jp-RenderedMarkdown :is(h1, h2, h3)")[at] ?? node;
  }

  #mark(): void {
    const at = this.lecture.notebook.activeCellIndex;
    const here = this.#sections.findLastIndex(({ from }) => from <= at);
    for (const [index, link] of this.#links.entries()) {
      if (index === here) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  }
}
