#!/usr/bin/env node
import { CommandError, exitCode } from "./errors.ts";
import { nearest } from "./nearest.ts";
import { guardConsole } from "./terminal.ts";
import { usage, usageOf } from "./usage.ts";
import { commands } from "./usageTable.ts";

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command !== undefined && asksForHelp(rest)) return help([command]);
  switch (command) {
    case "open":
      return (await import("./open.ts")).open(rest);
    case "step":
      return (await import("./step.ts")).step(rest);
    case "run":
      return (await import("./run.ts")).run(rest);
    case "check":
      return (await import("./check.ts")).check(rest);
    case "export":
      return (await import("./export.ts")).exportCommand(rest);
    case "split":
      return (await import("./split.ts")).splitCommand(rest);
    case "join":
      return (await import("./split.ts")).joinCommand(rest);
    case "starter":
      return (await import("./starter.ts")).starter(rest);
    case "grade":
      return (await import("./grade.ts")).grade(rest);
    case "clean":
      return (await import("./clean.ts")).clean(rest);
    case "trust":
      return (await import("./trust.ts")).trust(rest);
    case "data":
      return (await import("./data.ts")).data(rest);
    case "install":
      return (await import("./install.ts")).install(rest);
    case "uninstall":
      return (await import("./install.ts")).uninstall(rest);
    case "kernel":
      return (await import("./kernel.ts")).kernel(rest);
    case "start":
      return (await import("./start.ts")).start(rest);
    case "--version":
    case "-v":
      console.log((await import("./version.ts")).version());
      return exitCode.done;
    case "--help":
    case "-h":
    case "help":
      return help(rest);
    case undefined:
      throw new CommandError("lectern: a command is needed, but got none; try lectern --help.");
    default:
      throw unknown(command);
  }
}

/** What stands behind -- is no option. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).some(each => each === "--help" || each === "-h");
}

function help([name]: readonly string[]): number {
  // Jupyter starts kernels by a command that people have no use for.
  const text = name === undefined || name.startsWith("-") || name === "kernel" ? usage() : usageOf(name);
  if (text === undefined) throw unknown(name ?? "");
  process.stdout.write(text);
  return exitCode.done;
}

function unknown(command: string): CommandError {
  const names = commands.map(({ name }) => name);
  const near = nearest(command, [...names, "help", "--help", "--version"]);
  return new CommandError(
    `lectern: the command must be ${names.slice(0, -1).join(", ")} or ${names.at(-1)}, but got ${command}; ${near ? `did you mean ${near}?` : "try lectern --help."}`,
  );
}

// A reader that stops early, such as head, is no fault.
process.stdout.on("error", error => {
  if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
});

// What the cells of a kernel print is theirs, and its clients show it.
if (process.argv[2] !== "kernel") guardConsole();

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const told = error instanceof CommandError;
  console.error(told ? error.message : ((error as Error)?.stack ?? String(error)));
  process.exitCode = told ? error.code : exitCode.failed;
}
