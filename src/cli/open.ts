import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { kernelSpec } from "../kernel/protocol/kernelSpec.ts";
import { hasSolutionsApart, holdsSolutions, solutionsPath } from "../notebook/editions/index.ts";
import { NotebookFormatError, readNotebook } from "../notebook/index.ts";
import { jupyterDataFolders, type RunningServer, type ServerOptions, startServer } from "../server/index.ts";
import { parseArguments } from "./arguments.ts";
import { openBrowser } from "./browser.ts";
import { makeIfNew, statsOf } from "./newNotebook.ts";
import { CommandError, exitCode } from "./errors.ts";
import { goOnWhateverIsThrown } from "./lastResort.ts";
import { courseFolder, readCourse } from "./courseFolder.ts";
import { packageFolder } from "./packageFolder.ts";
import { serverSecret, signaturesFile } from "./secret.ts";

/** `lectern open`: the notebook page in the browser, until Ctrl-C. Returns the exit code. */
export async function open(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("open", args, {
    port: { type: "string" },
    "no-browser": { type: "boolean", default: false },
    edit: { type: "boolean", default: false },
  });
  const port = parsePort(values.port);
  const place = await placeOf(positionals, values.edit);
  const ended = untilSignal();
  // The first start in a fresh folder takes its time.
  console.log("Starting …");
  const server = await start({ ...place, port });
  goOnWhateverIsThrown();
  const url = server.urlOf(place.apiPath);
  console.log(`${introduction[place.mode]}: ${url}`);
  if (place.mode === "edit") await tellOfSolutions(positionals);
  if (!values["no-browser"] && !(await openBrowser(url))) console.log("Open this address in a browser.");
  console.log("Ctrl-C ends it, with its kernels; what is saved stays.");
  await ended;
  console.log("Ending.");
  await server.close();
  return exitCode.done;
}

/** What is edited is what is stored: the student's edition, unless its solutions were put in. */
async function tellOfSolutions(names: readonly string[]): Promise<void> {
  for (const name of names) {
    if (!hasSolutionsApart(name) || holdsSolutions(await readNotebook(name))) continue;
    console.log(`Its solutions are in ${solutionsPath(name)}; lectern join ${name} puts them in, to be edited too.`);
  }
}

interface Place {
  root: string;
  mode: ServerOptions["mode"];
  forAuthor: boolean;
  /** What the page is to show; "" for the course, or the folder. */
  apiPath: string;
}

/** The folder that is opened for what the arguments name: the course, or the notebook's own. */
async function placeOf(names: readonly string[], edit: boolean): Promise<Place> {
  const [name, ...others] = names;
  if (others.length > 0) {
    throw new CommandError(
      `lectern open: one notebook may be named, but got ${names.length}; open the others in the page.`,
    );
  }
  const folder = courseFolder(name === undefined ? undefined : dirname(resolve(name)));
  const course = (apiPath: string): Place => {
    readCourse("open", folder);
    return { root: folder, mode: edit ? "edit" : "study", forAuthor: edit, apiPath };
  };
  if (name === undefined) return course("");
  const file = resolve(name);
  const inCourse = inside(folder, file);
  // Copies of lectures are part of the course too, but an installed package is no place for other notebooks.
  const isCourse = inCourse !== undefined && /^(notebooks|work)\//.test(inCourse);
  // A lecture that is not there is a slip of the pen, except of its author.
  if (!isCourse || edit) await makeIfNew(name, file);
  await assertNotebook(name, file);
  if (isCourse) return course(studied(folder, inCourse, edit));
  const root = inside(process.cwd(), file) === undefined ? dirname(file) : process.cwd();
  return { root, mode: "plain", forAuthor: edit, apiPath: inside(root, file) ?? "" };
}

/** A student's copy is opened as the lecture that it is of. */
function studied(folder: string, apiPath: string, edit: boolean): string {
  const lecture = apiPath.replace(/^work\//, "notebooks/");
  const isCopy = !edit && lecture !== apiPath && statSync(join(folder, lecture), { throwIfNoEntry: false });
  return isCopy ? lecture : apiPath;
}

/** The path from the folder, with slashes; undefined where it leads out. */
function inside(folder: string, file: string): string | undefined {
  const path = relative(folder, file);
  return path.startsWith("..") || resolve(path) === path ? undefined : path.split(sep).join("/");
}

async function assertNotebook(name: string, file: string): Promise<void> {
  const stats = statsOf(file);
  if (!stats) {
    throw new CommandError(`lectern open: ${name} must be a notebook, but there is no such file; look at the path.`);
  }
  if (!stats.isFile() || !name.endsWith(".ipynb")) {
    throw new CommandError(
      `lectern open: ${name} must be a notebook, but is ${stats.isFile() ? "another file" : "a folder"}; name one that ends in .ipynb.`,
    );
  }
  await readNotebook(file).catch(error => {
    throw error instanceof NotebookFormatError
      ? new CommandError(`lectern open: ${error.message}`, exitCode.failed)
      : error;
  });
}

async function start({
  root,
  mode,
  forAuthor,
  port,
}: Pick<Place, "root" | "mode" | "forAuthor"> & { port: number | undefined }): Promise<RunningServer> {
  const program = join(packageFolder, "dist", "cli", "main.js");
  try {
    return await startServer({
      root,
      mode,
      forAuthor,
      port: port ?? usualPort(root),
      secret: serverSecret(),
      signatures: signaturesFile(),
      kernel: kernelSpec(program),
      dataFolders: jupyterDataFolders(),
      logos: join(packageFolder, "src", "cli", "logos"),
      page: join(packageFolder, "dist", "page"),
      library: packageFolder,
      version: versionOfPackage(),
      async renderHandout(notebook, source) {
        // It takes long to load, and few ask for it.
        const { renderHandout } = await import("../handout/index.ts");
        return renderHandout(notebook, { source });
      },
      cullIdleSeconds: CULL_HOURS * 3600,
      ...givenToken(process.env.LECTERN_TOKEN),
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (port === undefined && (code === "EADDRINUSE" || code === "EACCES"))
      return start({ root, mode, forAuthor, port: 0 });
    if (code === "EADDRINUSE") {
      throw new CommandError(
        `lectern open: --port must be free, but another program listens on ${port}; leave --port out, or choose another.`,
        exitCode.failed,
      );
    }
    if (code === "EACCES") {
      throw new CommandError(
        `lectern open: --port must be one that you may use, but got ${message}; choose one from 1024 up.`,
        exitCode.failed,
      );
    }
    throw error;
  }
}

/** The port that a folder has each time, where it is free: browsers keep what is not saved, and who may come in, by port. */
function usualPort(root: string): number {
  return 20_000 + (createHash("sha256").update(root).digest().readUInt16BE() % 10_000);
}

/** A header could not hold anything else, and a browser's address neither. */
function givenToken(token = ""): { token?: string } {
  if (token === "") return {};
  if (/^[\x21-\x7e]+$/.test(token)) return { token };
  throw new CommandError(
    `lectern open: LECTERN_TOKEN must be of visible ASCII characters without spaces, but got ${JSON.stringify(token)}; leave it unset for a new token each time.`,
  );
}

function parsePort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port < 65536) return port;
  throw new CommandError(
    `lectern open: --port must be a whole number up to 65535, but got ${text}; as in --port 8888.`,
  );
}

/** Settles at the first Ctrl-C; a second ends the command at once, and the kernels with it. */
function untilSignal(): Promise<void> {
  return new Promise(settle => {
    let count = 0;
    const onSignal = () => {
      if (++count > 1) process.exit(exitCode.interrupted);
      settle();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  });
}

function versionOfPackage(): string {
  return (JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as { version: string }).version;
}

const introduction = {
  study: "The course is at",
  edit: "The course, to be edited, is at",
  plain: "The notebook is at",
};

/** A kernel that nobody watches and that has nothing to do keeps its memory so long. */
const CULL_HOURS = 4;
