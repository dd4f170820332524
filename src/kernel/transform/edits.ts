/** Where an insertion stands among others at the same position. */
type Place = "close" | "after" | "open" | "replace";

interface Edit {
  start: number;
  end: number;
  text: string;
  place: Place;
}

/** A run of generated text: copied from the source, or written by us in the name of a source position. */
interface Piece {
  generated: number;
  source: number;
  copied: boolean;
}

/** The edited text and the way back: from an offset in it to an offset in the source. */
export interface EditedText {
  text: string;
  sourceOffset(offset: number): number;
}

/** How the names of the source are found in compiled code, for who stops it and asks. */
export interface ScriptNames {
  /** How our own names in it start. */
  prefix: string;
  /** Variables of a cell that only hand their value on: from there on the notebook's name counts. */
  handed?: ReadonlySet<string>;
  /** Imported names, each with the expression that reads it. */
  imported?: ReadonlyMap<string, string>;
}

/** Code that was rewritten, still with its types. */
export interface Rewritten {
  edited: EditedText;
  /** Whether the text has syntax that only the TypeScript compiler itself lowers. */
  needsCompiler: boolean;
  names: ScriptNames;
}

/**
 * Edits to one source text, collected in any order and applied at once.
 *
 * At one position, what closes the previous node comes before what opens the next one.
 */
export class Edits {
  readonly #edits: Edit[] = [];
  readonly #head: { text: string; source: number }[] = [];

  constructor(readonly source: string) {}

  /** Text before everything else, standing for the source position `source`. */
  prepend(text: string, source = 0): void {
    this.#head.push({ text, source });
  }

  /** Opens something at `position`: comes after all that ends there. */
  open(position: number, text: string): void {
    this.#edits.push({ start: position, end: position, text, place: "open" });
  }

  /** Closes something that ends at `position`. */
  close(position: number, text: string): void {
    this.#edits.push({ start: position, end: position, text, place: "close" });
  }

  /** Follows a whole statement that ends at `position`. */
  after(position: number, text: string): void {
    this.#edits.push({ start: position, end: position, text, place: "after" });
  }

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text, place: "replace" });
  }

  /** The edited text between `prefix` and `suffix`. */
  apply(prefix: string, suffix: string): EditedText {
    const pieces: Piece[] = [];
    let text = "";
    const add = (addition: string, source: number, copied: boolean) => {
      pieces.push({ generated: text.length, source, copied });
      text += addition;
    };
    add(prefix, 0, false);
    for (const head of this.#head) add(head.text, head.source, false);
    let position = 0;
    for (const edit of this.#sorted()) {
      // An edit inside a range that is already replaced has nothing left to change.
      if (edit.start < position) continue;
      add(this.source.slice(position, edit.start), position, true);
      add(edit.text, edit.start, false);
      position = edit.end;
      // V8 says of `(0, $.f)(x)` that it failed at the second parenthesis; the reader wrote `f`.
      if (isCallee(edit)) add(this.source.slice(position, ++position), edit.start, false);
    }
    add(this.source.slice(position), position, true);
    add(suffix, this.source.length, false);
    return { text, sourceOffset: offset => sourceOffset(pieces, offset) };
  }

  #sorted(): Edit[] {
    return [...this.#edits].sort((a, b) => a.start - b.start || rank[a.place] - rank[b.place]);
  }
}

function isCallee(edit: Edit): boolean {
  return edit.place === "replace" && edit.text.startsWith("(0,");
}

const rank: Record<Place, number> = { close: 0, after: 1, open: 2, replace: 3 };

function sourceOffset(pieces: Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle] as Piece).generated <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low] as Piece;
  return piece.copied ? piece.source + offset - piece.generated : piece.source;
}
