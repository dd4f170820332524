/** What a class computes, for a person who reads its value below a cell. */
export interface Formula {
  /** As its doc comment writes it, for a terminal. */
  text: string;
  tex: string;
  /** Fields that hold numbers, not tensors, and say what it is. */
  numbers?: readonly string[];
}

/** Any class; an abstract one is what its members fall back on. */
export type Class = abstract new (...args: never[]) => object;

/** A class with its formula. */
export type Entry = readonly [Class, Formula];

/** `text` and `tex`, short to write in a table. */
export function formula(text: string, tex: string, numbers?: readonly string[]): Formula {
  return numbers === undefined ? { text, tex } : { text, tex, numbers };
}
