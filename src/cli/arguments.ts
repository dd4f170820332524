import { type ParseArgsConfig, parseArgs } from "node:util";
import { CommandError } from "./errors.ts";
import { nearest } from "./nearest.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>
>;

/** Node's argument parser, with its complaints as one line about this command. */
export function parseArguments<T extends Options>(command: string, args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const what = (error as Error).message.split(/\. |\n/)[0]?.replace(/\.$/, "") ?? "";
    const [, ambiguous] = /^Option '(?:-\w, )?(--[\w-]+).*' argument is ambiguous$/.exec(what) ?? [];
    if (ambiguous !== undefined) {
      throw new CommandError(
        `lectern ${command}: ${ambiguous} must be followed by its value, but got what begins with a dash; write ${ambiguous}=… if that is meant.`,
      );
    }
    const [, unknown] = /^Unknown option '(.*)'$/.exec(what) ?? [];
    const remedy =
      unknown === undefined ? `try lectern ${command} --help.` : knownOptions(unknown, Object.keys(options));
    throw new CommandError(`lectern ${command}: ${what.charAt(0).toLowerCase()}${what.slice(1)}; ${remedy}`);
  }
}

/** The option that was meant, by how it is spelt, or all that there are. */
function knownOptions(unknown: string, names: readonly string[]): string {
  const options = names.map(name => `--${name}`);
  const near = nearest(unknown.toLowerCase(), options);
  if (near !== undefined) return `did you mean ${near}?`;
  return options.length > 0 ? `its options are ${options.join(", ")}.` : "it has no options.";
}

/** For a command that takes nothing: what stands there is a mistake. */
export function noArguments(command: string, args: readonly string[]): void {
  const { positionals } = parseArguments(command, args, {});
  if (positionals.length > 0) {
    throw new CommandError(
      `lectern ${command}: it takes no arguments, but got ${positionals.join(" ")}; try lectern ${command} --help.`,
    );
  }
}
