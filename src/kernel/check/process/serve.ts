import { renamingOrRefusal } from "../editing/rename.ts";
import type { LocalChecker } from "../localChecker.ts";
import { collectGarbage } from "./garbage.ts";
import type { FromChecker, ToChecker } from "./messages.ts";

/** Answers the questions of the parent process, one after the other, and ends with it. */
export function serve(checker: LocalChecker, { stale } = { stale: false }): void {
  const send = (message: FromChecker) => process.send?.(message);
  let queue = Promise.resolve();
  let answers = 0;
  process.on("message", (message: ToChecker) => {
    queue = queue.then(async () => {
      send(await answerTo(checker, message));
      if (++answers % manyAnswers === 0) collectGarbage();
    });
  });
  process.on("disconnect", () => process.exit());
  // The terminal's Ctrl-C is meant for the cell.
  process.on("SIGINT", () => {});
  send({ type: "ready", stale });
  // A first question that waits already makes its own program, with its packages, at once.
  setTimeout(() => checker.warm(), 50);
}

/** After so many answers we look for garbage, which takes as long as a slow cell. */
const manyAnswers = 250;

async function answerTo(checker: LocalChecker, message: ToChecker): Promise<FromChecker> {
  const { id } = message;
  try {
    return { type: "answer", id, answer: await ask(checker, message) };
  } catch (error) {
    return { type: "failed", id, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function ask(checker: LocalChecker, message: ToChecker): Promise<unknown> {
  switch (message.ask) {
    case "check":
      return checker.check(...message.with);
    case "commit":
      return checker.catchUp(...message.with);
    case "know":
      return checker.know(...message.with);
    case "problems":
      return checker.problems(...message.with);
    case "complete":
      return checker.complete(...message.with);
    case "fixes":
      return checker.fixes(...message.with);
    case "rename":
      return Promise.resolve(renamingOrRefusal(...message.with));
    case "inspect":
      return checker.inspect(...message.with);
  }
}
