import { readFileSync, writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext, type StrykerOptions } from "@stryker-mutator/api/core";
import { commonTokens, tokens } from "@stryker-mutator/api/plugin";
import {
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { slowness } from "../../src/kernel/process/slowness.ts";
import { setup } from "../support/temporary.ts";
import type { Drawn } from "./draw.ts";
import { Hits } from "./hits.ts";
import { Modules } from "./modules.ts";
import { type FileResult, runFile } from "./runFile.ts";
import type { Stock } from "./stock.ts";
import { isDrawn, notDrawn } from "./undrawn.ts";

/** What the instrumented sources read. */
const context: InstrumenterContext = {};
Object.assign(globalThis, { [INSTRUMENTER_CONSTANTS.NAMESPACE]: context });

/**
 * Runs Vitest's tests inside Stryker's own process, where the packages stay loaded.
 *
 * For each mutant the sources and the covering test files are evaluated afresh, so that no cache and no top-level
 * value of an earlier mutant is seen; tfjs, and `src/engine`, which registers its kernels there, are loaded once. Where
 * the engine itself is mutated, it is evaluated afresh too, on a tfjs that knows nothing of it.
 */
export class InProcessRunner implements TestRunner {
  static readonly inject = tokens(commonTokens.options);

  private readonly hits = new Hits();
  private stock: Stock | undefined;
  private readonly modules: Modules;

  /** Milliseconds that each test took in the dry run. */
  private times: Record<string, number> | undefined;
  private spoiled = false;
  private drawn: { mutants: readonly Drawn[] | null } | undefined;
  private readonly removeTemporary = setup();

  private readonly mutates: (folder: string) => boolean;

  constructor({ mutate }: StrykerOptions) {
    this.mutates = folder => mutate.some(file => file.startsWith(folder));
    const ofEngine = this.mutates("src/engine/");
    this.modules = new Modules(this.hits, file => !ofEngine && file.includes("/src/engine/"));
  }

  async init(): Promise<void> {
    // Tests of the kernel and of notebooks have no need to load tfjs.
    if (this.mutates("src/engine/")) this.stock = new (await import("./stock.ts")).Stock();
    else if (this.mutates("src/generative/")) await import("@tensorflow/tfjs-backend-wasm");
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dispose(): Promise<void> {
    this.removeTemporary?.();
  }

  async dryRun({ testFiles = [] }: DryRunOptions): Promise<DryRunResult> {
    this.modules.select("none");
    const tests: TestResult[] = [];
    const perTest: Record<string, Record<string, number>> = {};
    for (const path of testFiles) {
      const file = relative(process.cwd(), path);
      // What runs while the file is loaded, or before all tests of a suite, counts for each test of the file.
      let shared = {};
      const own: typeof perTest = {};
      this.forget();
      const { results, crash } = await runFile(file, {
        load: () => this.modules.import(path),
        onTestStart: () => {
          shared = sum(shared, this.hits.take());
        },
        onTestEnd: id => {
          own[id] = this.hits.take();
        },
      });
      if (crash) return { status: DryRunStatus.Error, errorMessage: `${file}: ${crash}` };
      const passed = unchecked ? results.filter(({ status }) => status === TestStatus.Success) : results;
      for (const { id } of passed) perTest[id] = sum(own[id] ?? {}, shared);
      tests.push(...passed);
    }
    this.times = Object.fromEntries(tests.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
    writeFileSync(timesFile, JSON.stringify(this.times));
    return { status: DryRunStatus.Complete, tests, mutantCoverage: { static: {}, perTest } };
  }

  async mutantRun({ testFilter = [], activeMutant, hitLimit }: MutantRunOptions): Promise<MutantRunResult> {
    this.drawn ??= { mutants: JSON.parse(readFileSync(process.env.LECTERN_TESTS_DRAWN as string, "utf8")) };
    if (!isDrawn(activeMutant, this.drawn.mutants)) return { status: MutantRunStatus.Error, errorMessage: notDrawn };
    // Stryker then starts another process and asks again.
    if (this.spoiled) throw new Error("an earlier mutant has left its marks on this process");
    this.times ??= JSON.parse(readFileSync(timesFile, "utf8")) as Record<string, number>;
    const { times } = this;
    this.modules.select(activeMutant.id);
    Object.assign(context, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit && 0 });
    const tests: TestResult[] = [];
    for (const { file, wanted } of inGroups(testFilter, times)) {
      this.forget();
      const { results, crash, endless } = await surviving(() =>
        runFile(file, {
          wanted,
          load: () => this.modules.import(resolve(file)),
          // On a busy machine a mutant that changes nothing would else be taken for an endless one.
          limit: id => Math.ceil((2000 + 5 * (times[id] ?? 0)) * slowness()),
        }),
      );
      this.spoiled = endless && inTheMidstOfTfjs();
      const timeout = determineHitLimitReached(context.hitCount, hitLimit);
      if (timeout) return toMutantRunResult(timeout);
      if (endless) return { status: MutantRunStatus.Timeout };
      tests.push(...results);
      if (crash) tests.push({ ...failed, id: [...wanted][0] as string, failureMessage: crash });
      const killer = tests.find(({ status }) => status === TestStatus.Failed);
      if (!killer) continue;
      await this.control(file, killer.id);
      break;
    }
    return toMutantRunResult({ status: DryRunStatus.Complete, tests });
  }

  private forget(): void {
    this.modules.forget();
    this.stock?.restore();
  }

  /** The test that failed must pass without the mutant, in what this process has become by then. */
  private async control(file: string, id: string): Promise<void> {
    this.modules.select("none");
    this.forget();
    const { results, crash } = await runFile(file, {
      wanted: new Set([id]),
      load: () => this.modules.import(resolve(file)),
    });
    this.spoiled = crash !== undefined || results.some(({ status }) => status === TestStatus.Failed);
    if (this.spoiled) throw new Error(`${id} fails without a mutant too`);
  }
}

/** An error that a mutant throws in a callback, where no test catches it, is one of its tests and does not end this process. */
async function surviving(run: () => Promise<FileResult>): Promise<FileResult> {
  let uncaught: string | undefined;
  const note = (error: unknown) => {
    uncaught ??= String(error);
  };
  process.on("uncaughtException", note);
  try {
    const result = await run();
    return uncaught === undefined ? result : { ...result, crash: result.crash ?? uncaught };
  } finally {
    process.off("uncaughtException", note);
  }
}

/** Whether a scope of tfjs is open, which nobody will close. */
function inTheMidstOfTfjs(): boolean {
  const { _tfengine } = globalThis as { _tfengine?: { state: { scopeStack: unknown[]; gradientDepth: number } } };
  return _tfengine !== undefined && (_tfengine.state.scopeStack.length > 0 || _tfengine.state.gradientDepth > 0);
}

/** Tests of the kernel that fail then need the types of cells. */
const unchecked = Boolean(process.env.LECTERN_TESTS_UNCHECKED);

/** In the sandbox, for the process that follows this one. */
const timesFile = "test-times.json";

const failed = { name: "loading", timeSpentMs: 0, status: TestStatus.Failed as const };

/** The tests by file, the quick ones of all files before the slow ones of any: most mutants die of a quick one. */
function inGroups(ids: readonly string[], times: Record<string, number>): { file: string; wanted: Set<string> }[] {
  const groups = new Map<string, { file: string; wanted: Set<string>; slowness: number; cost: number }>();
  for (const id of ids) {
    const file = id.slice(0, id.indexOf("#"));
    const time = times[id] ?? 0;
    const slowness = [30, 300, 3000].filter(limit => time > limit).length;
    const key = `${slowness} ${file}`;
    const group = groups.get(key) ?? { file, wanted: new Set(), slowness, cost: 0 };
    group.wanted.add(id);
    group.cost += time;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => a.slowness - b.slowness || a.cost - b.cost);
}

function sum(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const total = { ...a };
  for (const [id, count] of Object.entries(b)) total[id] = (total[id] ?? 0) + count;
  return total;
}
