import { element } from "../element.ts";
import { claimWords } from "./claimWords.ts";
import type { Contents } from "./contents.ts";
import type { Lecture } from "./lecture.ts";

/** Folds the claims of each section under one badge, below its heading; what fails is always seen. */
export class Evidence {
  readonly #badges = new Map<string, HTMLButtonElement>();
  readonly #open = new Set<string>();

  constructor(
    readonly lecture: Lecture,
    readonly contents: Contents,
  ) {
    lecture.changed.connect(() => this.refresh());
    this.refresh();
  }

  refresh(): void {
    const { sections } = this.contents;
    const kept = new Set<string>();
    for (const [index, section] of sections.entries()) {
      const heading = this.lecture.cells[section.from];
      if (!heading) continue;
      const { holds, fails } = section.claims;
      const { id } = heading.model;
      const open = this.#open.has(id);
      for (const cell of this.lecture.cells.slice(section.from, section.to))
        cell.node.dataset.evidence = open ? "open" : "folded";
      // Two headings in one cell: the last one has the cells that follow.
      if (holds + fails === 0 || sections[index + 1]?.from === section.from) continue;
      kept.add(id);
      const badge = this.#badge(id);
      badge.className = fails ? "badge fails" : "badge";
      badge.setAttribute("aria-expanded", String(open));
      badge.textContent = `${fails ? "✗" : "✓"} ${claimWords(section.claims)}`;
      if (badge.parentElement !== heading.node) heading.node.append(badge);
    }
    for (const [id, badge] of this.#badges) if (!kept.has(id)) badge.remove();
  }

  #badge(id: string): HTMLButtonElement {
    const known = this.#badges.get(id);
    if (known) return known;
    const made = element("button", {
      type: "button",
      title: "Show or fold what each claim says, and its residual",
      onclick: () => {
        if (!this.#open.delete(id)) this.#open.add(id);
        this.refresh();
      },
    });
    this.#badges.set(id, made);
    return made;
  }
}
