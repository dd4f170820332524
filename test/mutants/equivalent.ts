/** A mutant that no test can kill, since it changes nothing that is promised. */
export interface Equivalent {
  /** The file, from the root. */
  file: string;
  /** The lines that the mutant touches, before and after, with every run of white space as one blank. */
  from: string;
  to: string;
  /** Why it changes nothing. */
  why: string;
}

export const equivalent: readonly Equivalent[] = [];
