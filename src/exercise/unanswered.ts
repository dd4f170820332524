/** An answer that is not there yet. It is known by its name, so that a notebook may throw one of its own. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
}

/**
 * The place of an answer in the student's notebook, of whatever type the answer will have.
 *
 * @throws Unanswered always; inside a {@link check} that is no fault
 */
export function unanswered(): never {
  throw new Unanswered(
    "unanswered: an answer must be written before it is used, but got unanswered() in its place; write yours there, and run the cell again.",
  );
}

/** Whether something that was thrown says that an answer is not there yet. */
export function isUnanswered(thrown: unknown): boolean {
  return (thrown as { name?: unknown } | null | undefined)?.name === "Unanswered";
}
