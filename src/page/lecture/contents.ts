import { element } from "../element.ts";
import { claimWords } from "./claimWords.ts";
import type { Lecture } from "./lecture.ts";
import { type Section, sectionsOf } from "./sections.ts";

/** The contents of a lecture: where one is, and which sections there are; each says whether its claims hold. */
export class Contents {
  readonly #nav = element("nav", { "aria-label": "Contents of this lecture" });
  readonly node = element("div", { class: "contents" }, this.#nav);
  #drawn = "";
  #sections: Section[] = [];
  #links: HTMLAnchorElement[] = [];

  constructor(readonly lecture: Lecture) {
    const { notebook } = lecture;
    lecture.changed.connect(() => this.refresh());
    notebook.activeCellChanged.connect(() => this.#mark());
    this.refresh();
  }

  get sections(): readonly Section[] {
    return this.#sections;
  }

  refresh(): void {
    this.#sections = sectionsOf(this.lecture.outlineCells());
    const claims = this.#sections.map(({ from, to }) => this.lecture.claimsBetween(from, to));
    const now = JSON.stringify([this.#sections, claims]);
    // Drawn again only when it differs: a focus in it stays.
    if (now === this.#drawn) return;
    this.#drawn = now;
    this.#links = this.#sections.map(section => {
      const counts = this.lecture.claimsBetween(section.from, section.to);
      const { holds, fails } = counts;
      const words = claimWords(counts);
      return element(
        "a",
        { href: `#${encodeURIComponent(section.title)}`, onclick: (event: Event) => this.#go(event, section) },
        section.title,
        holds + fails > 0 &&
          element(
            "span",
            { class: fails ? "mark fails" : "mark", role: "img", "aria-label": words, title: words },
            fails ? "✗" : "✓",
          ),
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

  #go(event: Event, section: Section): void {
    event.preventDefault();
    this.lecture.show(section.from, "start");
    this.lecture.notebook.activeCellIndex = section.from;
    document.body.classList.remove("contents-open");
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
