import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { transformSync } from "oxc-transform";
import { moduleRunnerTransform } from "vite";
import {
  createNodeImportMeta,
  EvaluatedModules,
  type ModuleEvaluator,
  ModuleRunner,
  type ModuleRunnerContext,
} from "vite/module-runner";
import type { Hits } from "./hits.ts";
import { vi } from "./vi.ts";

/**
 * The modules of a sandbox, which can be evaluated afresh in milliseconds.
 *
 * Each file is transformed and compiled once; packages, and the files for which `stays` holds, are evaluated once.
 */
export class Modules {
  private readonly evaluated = new EvaluatedModules();
  private readonly runner: ModuleRunner;

  private readonly evaluator: Evaluator;

  constructor(
    hits: Hits,
    private readonly stays: (file: string) => boolean,
  ) {
    this.evaluator = new Evaluator(hits);
    this.runner = new ModuleRunner(
      {
        transport: { invoke: fetch },
        hmr: false,
        sourcemapInterceptor: false,
        evaluatedModules: this.evaluated,
        createImportMeta: createNodeImportMeta,
      },
      this.evaluator,
    );
  }

  /** Imports a file by its absolute path. */
  import(file: string): Promise<unknown> {
    return this.runner.import(file);
  }

  /** Leaves only this mutant's switch; none, but counters of what is reached, for "none". */
  select(mutant: string | "none"): void {
    this.evaluator.mutant = mutant;
  }

  /** Forgets what was evaluated, so that the next import runs the top-level code again. */
  forget(): void {
    for (const node of this.evaluated.idToModuleMap.values()) {
      if (node.id.startsWith("/") && !this.stays(node.id)) this.evaluated.invalidateModule(node);
    }
  }
}

type Payload = { data: { name: string; data: [url: string, importer?: string, options?: { cached?: boolean }] } };

/** What vite's server answers to its module runner: here, TypeScript without a server. */
async function fetch(payload: unknown): Promise<{ result: unknown }> {
  const { name, data } = (payload as Payload).data;
  if (name === "getBuiltins") return { result: [{ type: "RegExp", source: "^node:", flags: "" }] };
  const [url, importer, options] = data;
  if (options?.cached) return { result: { cache: true } };
  if (!/^[./]/.test(url)) return { result: { externalize: url, type: "builtin" } };
  const file = url.startsWith("/") ? url : resolve(dirname(importer as string), url);
  return { result: { code: await compile(file), file, id: file, url: file, invalidate: false } };
}

const compiled = new Map<string, string>();

async function compile(file: string): Promise<string> {
  const known = compiled.get(file);
  if (known !== undefined) return known;
  const { code } = transformSync(file, readFileSync(file, "utf8"), { lang: "ts", target: "es2022" });
  const result = await moduleRunnerTransform(code, null, file, code);
  if (!result) throw new Error(`${file} does not parse`);
  compiled.set(file, result.code);
  return result.code;
}

const parameters: (keyof ModuleRunnerContext)[] = [
  "__vite_ssr_exports__",
  "__vite_ssr_import_meta__",
  "__vite_ssr_import__",
  "__vite_ssr_dynamic_import__",
  "__vite_ssr_exportAll__",
  "__vite_ssr_exportName__",
];
const AsyncFunction = (async () => {}).constructor as new (
  ...words: string[]
) => (...values: unknown[]) => Promise<void>;

class Evaluator implements ModuleEvaluator {
  mutant = "none";
  private readonly functions = new Map<string, (...values: unknown[]) => Promise<void>>();

  constructor(private readonly hits: Hits) {}

  async runInlinedModule(context: ModuleRunnerContext, code: string, { id }: { id: string }): Promise<void> {
    const source = this.mutant === "none" ? counting(code) : only(this.mutant, code);
    let run = this.functions.get(source);
    if (!run) {
      run = new AsyncFunction(
        ...parameters,
        "hits_9fa48",
        "require",
        // In a block of its own, where a module may name its own `require`.
        `"use strict"; {\n${source}\n}\n//# sourceURL=${pathToFileURL(id)}`,
      );
      // What holds the mutant's switch is needed in this run only.
      if (!source.includes(`stryMutAct_9fa48("${this.mutant}")`)) this.functions.set(source, run);
    }
    await run(...parameters.map(name => context[name]), this.hits.counts, await requireOf(id, source));
  }

  async runExternalModule(name: string): Promise<unknown> {
    if (name === "vitest") return { ...(await import("vitest")), vi };
    if (name === "typescript") return { default: await compiler() };
    return import(name);
  }
}

/** What `import x = require("x")` of a module calls. */
async function requireOf(file: string, source: string): Promise<NodeJS.Require> {
  const require = createRequire(file);
  if (!source.includes('require("typescript")')) return require;
  const shared = await compiler();
  return Object.assign((name: string) => (name === "typescript" ? shared : require(name)), require);
}

/** Loaded where a test needs it only: it takes a second. */
async function compiler(): Promise<unknown> {
  return (await import("./libraries.ts")).compiler;
}

const counter = /stryCov_9fa48\(((?:"\d+"(?:, )?)+)\)/g;
const switches = /stryMutAct_9fa48\("(\d+)"\)/g;

/** Without counters, and with the switches of the other mutants off: as quick as the source. */
function only(mutant: string, code: string): string {
  return code.replace(counter, "0").replace(switches, (whole, id) => (id === mutant ? whole : "false"));
}

/** With all switches off, and counters that cost little in a loop. */
function counting(code: string): string {
  return code
    .replace(counter, (_, ids: string) => `(${ids.replace(/"(\d+)"/g, "hits_9fa48[$1]++")})`)
    .replace(switches, "false");
}
