import { mkdir, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readNotebook } from "../notebook/index.ts";
import { noArguments } from "./arguments.ts";
import { exitCode } from "./errors.ts";
import { packageFolder } from "./packageFolder.ts";
import { progressView } from "./progress.ts";
import { diagnosticLines, reportRun } from "./report.ts";
import { interruptOnce } from "./run.ts";
import { runNotebook } from "./runNotebook.ts";
import { withDrawings } from "./store.ts";

/** `lectern start`: lecture 09 on real MNIST, from training to a handout. Returns the exit code. */
export async function start(args: readonly string[]): Promise<number> {
  noArguments("start", args);
  const interrupt = interruptOnce();
  const path = relative(process.cwd(), join(packageFolder, "notebooks", LECTURE));
  console.log(`Running ${path}: a variational autoencoder on the 60,000 images of MNIST.`);
  const view = progressView(basename(path, ".ipynb"));
  const run = await runNotebook(path, await readNotebook(path), {
    onCell: view.cell,
    onProgress: view.training,
  }).finally(view.end);
  for (const { text, holds } of reportRun(path, run).claims) console.log(`${holds ? "✓" : "✗"} ${text}`);
  if (run.error !== undefined) {
    for (const line of diagnosticLines(path, run.error)) console.error(line);
    return interrupt.signal.aborted ? exitCode.interrupted : exitCode.failed;
  }
  interrupt.dispose();
  const file = resolve("handouts", `${basename(path, ".ipynb")}.html`);
  await mkdir(resolve("handouts"), { recursive: true });
  const { renderHandout } = await import("../handout/index.ts");
  await writeFile(file, await renderHandout(await withDrawings(run.notebook), { source: path }));
  console.log(`Done in ${run.seconds.toFixed(0)} s. Open the handout: ${pathToFileURL(file)}`);
  return exitCode.done;
}

const LECTURE = "09-variational-autoencoder.ipynb";
