/** What is wrong with a text of the lecture's language: rule, what came, and what to write instead. */
export class LanguageError extends Error {
  override readonly name = "LanguageError";

  /** @param at Where in the text: a place counted in characters from 0, or the part that is wrong. */
  constructor(
    message: string,
    readonly at?: number | string,
  ) {
    super(message);
  }
}
