import { resolve } from "node:path";
import { parseArgs } from "node:util";

/** What to time, and beside what. */
export interface Options {
  /** Only the calls whose names match; all, if not said. */
  only: RegExp | undefined;
  /** The folder of another built checkout. */
  against: string | undefined;
}

/** How the command is used. */
export const USAGE = "npm run bench -- [--only PATTERN] [--against FOLDER]";

/**
 * The options of a command line; undefined where help is asked for.
 *
 * @throws RangeError in one line where they are wrong
 */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { help, only, against } = parse(args);
  if (help) return undefined;
  return { only: only === undefined ? undefined : pattern(only), against: against && resolve(against) };
}

function parse(args: readonly string[]) {
  try {
    const options = { only: { type: "string" }, against: { type: "string" }, help: { type: "boolean" } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const [what = ""] = (error as Error).message.split(/[.\n]/);
    throw new RangeError(`bench: ${what.charAt(0).toLowerCase()}${what.slice(1)}; ${USAGE}`);
  }
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new RangeError(`bench: --only must be a regular expression, but got ${text}; ${USAGE}`);
  }
}
