import { type CommandUsage, commands } from "./usageTable.ts";

/** What `lectern --help` prints: every command with its options. */
export function usage(): string {
  const parts = commands.flatMap(({ calls, options = [] }) => [
    ...calls.map(([call, what]) => `  ${call.padEnd(33)}  ${what}`),
    ...options.map(each => optionLine(each, 6)),
  ]);
  return `lectern: TypeScript notebooks on deep generative models

${parts.join("\n")}
  lectern --version | --help
  lectern help COMMAND               the same of one command, with examples

${CODES}
`;
}

/** What `lectern run --help` prints; undefined for what is no command. */
export function usageOf(name: string): string | undefined {
  const command = commands.find(each => each.name === name);
  if (command === undefined) return undefined;
  const { calls, options = [], examples } = command;
  const width = Math.max(...calls.map(([call]) => call.length));
  return [
    ...calls.map(([call, what]) => `${call.padEnd(width)}   ${what}`),
    ...(options.length > 0 ? ["", "Options:", ...options.map(each => optionLine(each, 2))] : []),
    "",
    examples.length > 1 ? "Examples:" : "Example:",
    ...examples.map(example => `  ${example}`),
    "",
    CODES,
    "",
  ].join("\n");
}

function optionLine([flags, what]: NonNullable<CommandUsage["options"]>[number], indent: number): string {
  return `${" ".repeat(indent)}${flags.padEnd(20)} ${what}`;
}

const CODES = "Exit codes: 0 done, 1 the notebook or the data failed, 2 wrong use, 130 interrupted.";
