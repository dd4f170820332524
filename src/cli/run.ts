import { assertNotSolutions, type Edition, editionFrom, hasSolutionsApart } from "../notebook/editions/index.ts";
import { type Notebook, NotebookFormatError, readNotebook } from "../notebook/index.ts";
import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { parseEdition } from "./edition.ts";
import { CommandError, exitCode } from "./errors.ts";
import { checkParameters, parseParameters } from "./parameters.ts";
import { backendOf, type NotebookReport, type Report, reportUnreadable } from "./report.ts";
import { runAndTell, type Told, type ToldRun } from "./runAndTell.ts";
import { runEditions } from "./runEditions.ts";
import { assertOurLanguage, prepareOut } from "./runnable.ts";
import { storeRun } from "./store.ts";
import { trustRun } from "./trust.ts";

/** `lectern run`: every notebook in a fresh kernel, in order. Returns the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("run", args, {
    write: { type: "boolean", default: false },
    out: { type: "string" },
    report: { type: "string" },
    timeout: { type: "string" },
    parameter: { type: "string", short: "p", multiple: true, default: [] },
    for: { type: "string" },
  });
  if (values.report !== undefined && values.report !== "json") {
    throw new CommandError(`lectern run: --report must be json, but got ${values.report}; as in --report json.`);
  }
  const timeoutSeconds = parseTimeout("run", values.timeout);
  const parameters = parseParameters(values.parameter);
  const edition = parseEdition("run", values.for);
  if (values.write && edition !== undefined) {
    throw new CommandError(
      "lectern run: --write and --for must not be used together, since --write stores what is for students and what is for instructors; leave --for out, or use --out FILE.",
    );
  }
  if (values.write && Object.keys(parameters).length > 0) {
    throw new CommandError(
      "lectern run: --write and -p must not be used together, since the stored outputs would not be those of the stored cells; edit the parameters cell, or use --out FILE.",
    );
  }
  const paths = notebookPaths("run", positionals);
  if (values.out !== undefined && (values.write || paths.length !== 1)) {
    throw new CommandError(
      "lectern run: --out must stand with one notebook and without --write; as in --out /tmp/run.ipynb.",
    );
  }
  if (values.out !== undefined) prepareOut("run", values.out);
  const started = performance.now();
  const interrupt = interruptOnce();
  const report: Report = { ok: true, seconds: 0, backend: null, notebooks: [] };

  for (const path of paths) {
    const results = await runOne(path, {
      parameters,
      timeoutSeconds,
      edition,
      write: values.write,
      out: values.out,
      signal: interrupt.signal,
    });
    for (const result of results) {
      report.notebooks.push(result.report);
      report.backend ??= result.run && backendOf(result.run.notebook);
    }
    if (interrupt.signal.aborted) break;
  }
  interrupt.dispose();
  report.ok = report.notebooks.every(({ ok }) => ok);
  report.seconds = Number(((performance.now() - started) / 1000).toFixed(2));
  if (values.report === "json") console.log(JSON.stringify(report, null, 2));
  if (interrupt.signal.aborted) return exitCode.interrupted;
  return report.ok ? exitCode.done : exitCode.failed;
}

interface OneRun extends ToldRun {
  parameters: Record<string, string>;
  edition: Edition | undefined;
  write: boolean;
  out: string | undefined;
}

type OneResult = { report: NotebookReport; run: Told["run"] | null };

/** Runs one notebook, or, to store what lies apart, both of its editions. */
async function runOne(path: string, options: OneRun): Promise<OneResult[]> {
  let notebook: Notebook;
  try {
    notebook = await readNotebook(path, words => console.error(words));
    assertNotSolutions(path, notebook);
    assertOurLanguage(path, notebook);
    if (options.write && hasSolutionsApart(path))
      return await runEditions(path, await editionFrom(path, notebook, "instructor"), options);
    if (options.edition) notebook = await editionFrom(path, notebook, options.edition);
  } catch (error) {
    if (!(error instanceof NotebookFormatError)) throw error;
    console.error(error.message);
    return [{ report: reportUnreadable(path, error), run: null }];
  }
  await checkParameters(path, notebook, options.parameters);
  const told = await runAndTell(path, notebook, options);
  if (told.report.ok && (options.write || options.out !== undefined)) {
    await storeRun(path, told.run.notebook, options.out);
    await trustRun(options.out ?? path);
  }
  return [told];
}

export function parseTimeout(command: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (!(seconds > 0) || !Number.isFinite(seconds)) {
    throw new CommandError(
      `lectern ${command}: --timeout must be a positive number of seconds, but got ${text}; as in --timeout 60.`,
    );
  }
  return seconds;
}

/** The first Ctrl-C lets the cell save what it has; a second ends the command at once. */
export function interruptOnce(): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(exitCode.interrupted);
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    dispose() {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
