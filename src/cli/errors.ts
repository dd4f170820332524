/** What the command ends with: done, the notebook (or data) failed, or it was called the wrong way. */
export const exitCode = { done: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const;

/** A fault that is told in one line, without a stack. */
export class CommandError extends Error {
  override readonly name = "CommandError";

  constructor(
    message: string,
    readonly code: (typeof exitCode)[keyof typeof exitCode] = exitCode.wrongUse,
  ) {
    super(message);
  }
}
