import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { kernelSpec } from "../kernel/protocol/kernelSpec.ts";
import { parseArguments } from "./arguments.ts";
import { CommandError, exitCode } from "./errors.ts";
import { packageFolder } from "./packageFolder.ts";

/** `lectern install`: registers the kernel, so that Jupyter's front ends offer it. Returns the exit code. */
export function install(args: readonly string[]): number {
  const { values, positionals } = parseArguments("install", args, {
    ...places,
    "display-name": { type: "string", default: "TypeScript (lectern)" },
  });
  noPositionals("install", positionals);
  assertWords("install", values);
  const folder = specFolder("install", values);
  assertOurs("install", folder);
  writing("install", folder, () => {
    // A folder of the same name is an earlier installation.
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    cpSync(logos, folder, { recursive: true });
    writeFileSync(
      join(folder, "kernel.json"),
      `${JSON.stringify(kernelSpec(program, values["display-name"]), null, 1)}\n`,
    );
  });
  console.log(`Installed the kernel ${values.name} in ${folder}`);
  return exitCode.done;
}

/** `lectern uninstall`: takes the registration away. Returns the exit code. */
export function uninstall(args: readonly string[]): number {
  const { values, positionals } = parseArguments("uninstall", args, places);
  noPositionals("uninstall", positionals);
  assertWords("uninstall", values);
  const folder = specFolder("uninstall", values);
  assertOurs("uninstall", folder);
  if (!existsSync(join(folder, "kernel.json"))) {
    throw new CommandError(
      `lectern uninstall: the kernel must be installed, but there is none in ${folder}; see jupyter kernelspec list.`,
    );
  }
  writing("uninstall", folder, () => rmSync(folder, { recursive: true }));
  console.log(`Removed the kernel ${values.name} from ${folder}`);
  return exitCode.done;
}

/** An option without words is a shell variable that was not set. */
function assertWords(command: string, values: { prefix?: string; "display-name"?: string }): void {
  for (const name of ["prefix", "display-name"] as const) {
    if (values[name]?.trim() === "") {
      throw new CommandError(`lectern ${command}: --${name} must not be empty, but got ""; leave it out, or name one.`);
    }
  }
}

/** Another kernel of this name is not ours to replace. */
function assertOurs(command: string, folder: string): void {
  const file = join(folder, "kernel.json");
  if (!existsSync(file)) return;
  if (readFileSync(file, "utf8").includes('"lectern": true')) return;
  throw new CommandError(
    `lectern ${command}: --name must be that of a kernel of lectern, but ${folder} has another; choose another name.`,
  );
}

function writing(command: string, folder: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new CommandError(
      `lectern ${command}: ${folder} must be a folder that can be written, but got ${(error as Error).message}; choose another place.`,
      exitCode.failed,
    );
  }
}

const places = {
  user: { type: "boolean", default: false },
  prefix: { type: "string" },
  "sys-prefix": { type: "boolean", default: false },
  name: { type: "string", default: "lectern" },
} as const;

interface Place {
  user: boolean;
  prefix?: string | undefined;
  "sys-prefix": boolean;
  name: string;
}

function specFolder(command: string, place: Place): string {
  const { name } = place;
  // The rule of Jupyter itself.
  if (!/^[a-z0-9._-]+$/i.test(name)) {
    throw new CommandError(
      `lectern ${command}: --name must be of letters, digits, ".", "_" and "-", but got ${JSON.stringify(name)}; use --display-name for what readers see.`,
    );
  }
  return join(dataFolder(command, place), "kernels", name.toLowerCase());
}

function dataFolder(command: string, { user, prefix, "sys-prefix": sysPrefix }: Place): string {
  if ([user, prefix !== undefined, sysPrefix].filter(Boolean).length > 1) {
    throw new CommandError(
      `lectern ${command}: one of --user, --prefix and --sys-prefix may be given, but got several; choose one.`,
    );
  }
  if (prefix !== undefined) return join(resolve(prefix), "share", "jupyter");
  if (!sysPrefix) return userFolder();
  const environment = process.env.VIRTUAL_ENV || process.env.CONDA_PREFIX;
  if (environment && !existsSync(environment)) {
    throw new CommandError(
      `lectern ${command}: --sys-prefix needs an active Python environment, but there is no ${environment}; activate one, or use --prefix.`,
    );
  }
  if (environment) return join(environment, "share", "jupyter");
  throw new CommandError(
    `lectern ${command}: --sys-prefix needs an active Python environment, but neither VIRTUAL_ENV nor CONDA_PREFIX is set; activate one, or use --prefix.`,
  );
}

/** The user's own Jupyter folder, as Jupyter finds it on each platform. */
function userFolder(): string {
  const { JUPYTER_DATA_DIR, APPDATA, XDG_DATA_HOME } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32") return join(APPDATA || join(homedir(), "AppData", "Roaming"), "jupyter");
  return join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}

function noPositionals(command: string, positionals: readonly string[]): void {
  if (positionals.length === 0) return;
  throw new CommandError(
    `lectern ${command}: only options may be given, but got ${positionals[0]}; try lectern ${command} --help.`,
  );
}

const program = join(packageFolder, "dist", "cli", "main.js");

/** The images beside the kernel's name in Jupyter's launcher. */
const logos = join(packageFolder, "src", "cli", "logos");
