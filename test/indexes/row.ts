/** The five sets of notes that the course is made from, as the indexes name them. */
export const notes = {
  Berkeley:
    "the long set, which gives the order of the lectures: likelihood, autoregressive models, flows, latent variables",
  Michigan: "a lecture on autoencoders and the VAE",
  Stanford: "the end of a lecture on the VAE, and the beginning of one on flows",
  summary: "one page from maximum likelihood to the VAE",
  draft: "the draft of a post on the VAE, with its author's questions",
} as const;

export type Notes = keyof typeof notes;

/** A set of notes, and the lines of it that are meant. */
export type Place = readonly [notes: Notes, ...lines: number[]];

export const kinds = {
  sign: "a sign or bars",
  symbol: "a symbol or an index",
  condition: "a condition left out",
  statement: "a statement",
} as const;

export type Kind = keyof typeof kinds;

/** What the index computes itself: what a claim says, and the rest of its arguments as code. */
export type Evidence = readonly [says: string, code: string];

/**
 * A slip of the notes, or a question. Texts are Markdown; what is **bold** in them is a result, which must stand in
 * the stored output of the cell that the row leads to, or in the row's own evidence.
 */
interface Row {
  /** The row of `traceability.ts`: its lecture and cell are those of the index, unless `cell` says another. */
  item: string;
  at: readonly Place[];
  evidence?: Evidence;
  /** Notebook, and words from one of its cells. */
  cell?: readonly [notebook: string, words: string];
}

export interface Slip extends Row {
  kind: Kind;
  printed: string;
  fails: string;
  right: string;
}

export interface Question extends Row {
  asks: string;
  answer: string;
}
