import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import workerThreads, { type WorkerOptions } from "node:worker_threads";
import { isOwn } from "./resolve.ts";

class LocalWorker extends workerThreads.Worker {
  constructor(wanted: string | URL, options: WorkerOptions = {}) {
    const file = options.eval ? undefined : localTypeScript(wanted);
    if (file === undefined) super(wanted, options);
    else super(programFor(file), { ...options, eval: true });
  }
}

/**
 * `node:worker_threads` as cells and local modules have it: a worker may be a local TypeScript file,
 * which then runs as the cells' own modules do.
 */
export const workerModules: ReadonlyMap<string, object> = new Map(
  ["node:worker_threads", "worker_threads"].map(name => [name, module()]),
);

function module(): object {
  const all = { ...workerThreads, Worker: LocalWorker };
  return { ...all, default: all };
}

/** The file, where node alone could not run it. */
function localTypeScript(wanted: string | URL): string | undefined {
  const text = String(wanted);
  if (!/\.([mc]?ts|[jt]sx)([?#].*)?$/.test(text)) return undefined;
  const file = text.startsWith("file:") ? fileURLToPath(text.replace(/[?#].*$/, "")) : path.resolve(text);
  return isOwn(file) ? file : undefined;
}

/** What the worker evaluates: it loads the kernel's module runner and then the file. */
function programFor(file: string): string {
  const own = import.meta.url;
  // Compiled: a worker of a process that runs from source runs the build.
  const program = new URL(own.endsWith(".ts") ? "../../../dist/kernel/modules/worker.js" : "./worker.js", own);
  const [entry, target] = [program.href, pathToFileURL(file).href].map(each => JSON.stringify(each));
  return `import(${entry}).then(({ runInWorker }) => runInWorker(${target}));`;
}
