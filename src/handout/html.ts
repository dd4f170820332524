/**
 * HTML of a page. Only what is made here or has been sanitised is one, so that no string of a notebook reaches the page
 * unescaped: the template below escapes every string that is put into it, and takes nothing else but HTML.
 */
export class Html {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** Takes the text as HTML. Whoever calls this answers for it: the sanitiser, and what draws formulas and code. */
  static of(text: string): Html {
    return new Html(text);
  }

  get isEmpty(): boolean {
    return this.#text === "";
  }

  toString(): string {
    return this.#text;
  }
}

/** A template of HTML: strings and numbers are escaped, as content and in quoted attributes alike. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | number | Html)[]): Html {
  const written = values.map(value => (value instanceof Html ? value.toString() : escapeHtml(String(value))));
  return Html.of(parts.reduce((text, part, index) => text + part + (written[index] ?? ""), ""));
}

/** Pieces one after another, in lines of their own unless it is said otherwise; empty ones leave nothing. */
export function joined(pieces: readonly Html[], between = "\n"): Html {
  return Html.of(pieces.filter(piece => !piece.isEmpty).join(between));
}

/** Text as HTML content or as the value of a quoted attribute. */
function escapeHtml(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#39;")
      // What stands for a formula while a page is made is nothing that a text may hold.
      .replaceAll(/[\uE000\uE001]/g, "")
  );
}

export const NOTHING = Html.of("");
