import type { Edition } from "../notebook/editions/index.ts";
import { CommandError, exitCode } from "./errors.ts";
import { handOutProblems } from "./handOutProblems.ts";

/** What is told of the notebooks of one command, and how it ends. */
export class ExportJob {
  code: number = exitCode.done;

  constructor(
    readonly edition: Edition,
    readonly strict: boolean,
  ) {}

  /** Hands out one notebook, or says why it does not; what should not be handed out is, where it need not be strict. */
  async attempt(path: string, handOut: () => Promise<void>): Promise<void> {
    try {
      const problems = await handOutProblems(path, this.edition, words => this.tell(words));
      for (const problem of problems) this.tell(problem);
      if (problems.length > 0 && this.strict) this.code = exitCode.failed;
      else await handOut();
    } catch (error) {
      if (error instanceof CommandError) throw error;
      const { message, name } = error as Error;
      // What ends one ends all.
      if (name === "DrawerEnded") throw new CommandError(`lectern export: ${message}`, exitCode.failed);
      this.tell(message.startsWith(path) ? message : `${path}: ${message}`);
      this.code = exitCode.failed;
    }
  }

  /** One line for people. */
  tell(line: string): void {
    console.error(line);
  }
}
