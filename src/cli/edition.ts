import { type Edition, editions } from "../notebook/editions/index.ts";
import { CommandError } from "./errors.ts";

/** For whom a command is asked to work; undefined where it is not said. */
export function parseEdition(command: string, text: string | undefined): Edition | undefined {
  if (text === undefined || editions.some(each => each === text)) return text as Edition | undefined;
  throw new CommandError(
    `lectern ${command}: --for must be ${editions.join(" or ")}, but got ${text}; as in --for instructor.`,
  );
}
