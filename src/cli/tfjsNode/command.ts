import { spawn } from "node:child_process";
import { CommandError, exitCode } from "../errors.ts";

interface Options {
  /** It is ended after so long. */
  minutes: number;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** Runs a command whose progress the reader sees. @throws CommandError where it fails. */
export async function run(what: string, command: string, args: string[], options: Options): Promise<void> {
  const got = await outcome(command, args, options);
  if (got !== undefined) {
    const message = `${what}: ${command} must succeed, but got ${got}; its own words are above.`;
    throw new CommandError(`install:tfjs-node: ${message}`, exitCode.failed);
  }
}

/** How a command failed, in words; undefined where it did not. */
export function outcome(
  command: string,
  args: string[],
  { minutes, cwd, env = process.env }: Options,
): Promise<string | undefined> {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      stdio: ["ignore", "inherit", "inherit"],
      timeout: minutes * 60_000,
      env,
      ...(cwd && { cwd }),
    });
    child.on("error", error => resolve(error.message));
    child.on("close", (code, signal) => resolve(code === 0 ? undefined : `exit code ${code ?? signal}`));
  });
}
