/** What was found in what a student handed in, beside the answers. */
export interface Finding {
  /** A suspicion is for somebody to look at; a note explains what was graded. */
  kind: "note" | "suspicion";
  text: string;
}

export function note(text: string): Finding {
  return { kind: "note", text };
}

export function suspicion(text: string): Finding {
  return { kind: "suspicion", text };
}
