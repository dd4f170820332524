import type { Formula } from "./mathText.ts";

export interface Heading {
  level: number;
  text: string;
  anchor: string;
}

export interface ShownClaim {
  text: string;
  holds: boolean;
  anchor: string;
}

/** What a page gathers while its cells become HTML one after another. Formulas are set at the end, together. */
export class Page {
  readonly formulas: Formula[] = [];
  readonly headings: Heading[] = [];
  readonly claims: ShownClaim[] = [];
  /** Whether a figure was given what makes it live. */
  live = false;
  readonly #ids = new Set<string>();
  #fragments = 0;

  /** The id, with a number behind it if it is taken. */
  uniqueId(wanted: string): string {
    let id = wanted;
    for (let copy = 2; this.#ids.has(id); copy++) id = `${wanted}-${copy}`;
    this.#ids.add(id);
    return id;
  }

  /** A prefix for the ids inside the next output. */
  nextNamespace(): string {
    this.#fragments++;
    return `output-${this.#fragments}-`;
  }
}
