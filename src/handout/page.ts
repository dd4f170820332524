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
  /** How many figures have a number. */
  figures = 0;
  /** Whether a figure moves in the notebook. */
  moving = false;
  /** Whether a figure was given what makes it live. */
  live = false;
  /** Beside those of the page itself. */
  readonly #ids = new Set(["content"]);
  readonly #scope: string;
  #fragments = 0;

  /** @param scope what the names of its outputs begin with, where it shares them with other pages */
  constructor(scope = "output") {
    this.#scope = scope;
  }

  /** The id, with a number behind it if it is taken. */
  uniqueId(wanted: string): string {
    // Half a character has no place in an address.
    const whole = wanted.replace(/\p{Cs}/gu, "\uFFFD");
    let id = whole;
    for (let copy = 2; this.#ids.has(id); copy++) id = `${whole}-${copy}`;
    this.#ids.add(id);
    return id;
  }

  /** A name for the next output or text, for the ids and style sheets in it. */
  nextNamespace(): string {
    this.#fragments++;
    return `${this.#scope}-${this.#fragments}`;
  }
}
