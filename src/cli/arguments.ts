import { type ParseArgsConfig, parseArgs } from "node:util";
import { CommandError } from "./errors.ts";

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
    throw new CommandError(`lectern ${command}: ${what.charAt(0).toLowerCase()}${what.slice(1)}; try lectern --help.`);
  }
}

/** For a command that takes nothing: what stands there is a mistake. */
export function noArguments(command: string, args: readonly string[]): void {
  const { positionals } = parseArguments(command, args, {});
  if (positionals.length > 0) {
    throw new CommandError(
      `lectern ${command}: it takes no arguments, but got ${positionals.join(" ")}; try lectern --help.`,
    );
  }
}
