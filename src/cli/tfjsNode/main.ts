import { parseArgs } from "node:util";
import { CommandError, exitCode } from "../errors.ts";
import { install } from "./install.ts";
import { nodeModules } from "./places.ts";
import { undo } from "./undo.ts";

const usage = `npm run install:tfjs-node               installs the native tensor backend; asks nothing
npm run install:tfjs-node -- --dry-run  says what it would do, and how large it is
npm run install:tfjs-node -- --undo     takes away what it installed`;

async function main(args: string[]): Promise<void> {
  const { values } = parse(args);
  if (values.help) return console.log(usage);
  if (!values.undo) return install({ dryRun: values["dry-run"] });
  if (values["dry-run"]) throw new CommandError(`install:tfjs-node: one option may be given, but got two.\n${usage}`);
  console.log(undo(nodeModules) ? "Taken away: node_modules is as it was." : "Nothing to undo.");
}

function parse(args: string[]) {
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({ args, options: { "dry-run": flag, undo: flag, help: flag } });
  } catch (error) {
    throw new CommandError(`install:tfjs-node: ${(error as Error).message}\n${usage}`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const told = error instanceof CommandError;
  console.error(told ? error.message : ((error as Error)?.stack ?? String(error)));
  process.exitCode = told ? error.code : exitCode.failed;
}
