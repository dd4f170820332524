import { Script } from "node:vm";
import { type TestResult, TestStatus } from "@stryker-mutator/api/test-runner";
import { getFn, type Suite, startTests, type Task, type Test, type VitestRunner } from "@vitest/runner";

export interface RunFileOptions {
  /** Evaluates the test file, which describes its tests. */
  load: () => unknown;
  /** The ids of the tests to run, until the first that fails; all of the file where none are given. */
  wanted?: ReadonlySet<string>;
  /** Milliseconds after which a test is given up, if it does not even wait for anything. */
  limit?: (id: string) => number;
  onTestStart?: () => void;
  onTestEnd?: (id: string) => void;
}

export interface FileResult {
  results: TestResult[];
  /** What went wrong outside of the tests. */
  crash?: string | undefined;
  /** A test was given up. */
  endless: boolean;
}

/** Runs the tests of a file, one after the other. */
export async function runFile(file: string, options: RunFileOptions): Promise<FileResult> {
  const { load, wanted, limit, onTestStart, onTestEnd } = options;
  const ids = new Map<Task, string>();
  let endless = false;
  let stop = false;
  const [tests] = await startTests([file], {
    config,
    importFile: load,
    onCollected: ([all]) => name(all as Suite, file, ids),
    onBeforeRunFiles: ([all]) => {
      if (wanted) skip(all as Suite, test => !wanted.has(ids.get(test) as string));
    },
    onBeforeRunSuite: suite => {
      if (stop) suite.mode = "skip";
    },
    onBeforeRunTask: test => {
      if (stop) test.mode = "skip";
      else onTestStart?.();
    },
    runTask: async test => {
      const run = getFn(test) as () => Promise<void>;
      try {
        await (limit ? within(limit(ids.get(test) as string), run) : run());
      } catch (error) {
        if ((error as { code?: string }).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") endless = true;
        throw error;
      }
    },
    onAfterRunTask: test => {
      onTestEnd?.(ids.get(test) as string);
      if (wanted && test.result?.state === "fail") stop = true;
    },
  });
  const results = [...ids].flatMap(([task, id]) => resultOf(task as Test, id, file));
  const [crash] = [tests as Suite, ...suites(tests as Suite)].flatMap(({ result }) => result?.errors ?? []);
  return { results, crash: crash && (crash.stack ?? crash.message), endless };
}

/** Ends a function that does not return: an endless loop in it cannot be reached by a timer. */
function within<T>(milliseconds: number, run: () => T): T {
  toRun = run;
  return guarded.runInThisContext({ timeout: milliseconds }) as T;
}

let toRun: () => unknown;
Object.defineProperty(globalThis, "runGuarded_9fa48", { value: () => toRun() });
const guarded = new Script("runGuarded_9fa48()");

/** `file#suite > title`, with a number where the file has several tests of that name. */
function name(suite: Suite, path: string, ids: Map<Task, string>, used = new Map<string, number>(), separator = "#") {
  for (const task of suite.tasks) {
    const full = `${path}${separator}${task.name}`;
    if (task.type === "suite") name(task, full, ids, used, " > ");
    else {
      const times = (used.get(full) ?? 0) + 1;
      used.set(full, times);
      ids.set(task, times === 1 ? full : `${full} (${times})`);
    }
  }
}

/** Whether nothing of the suite is left to run. */
function skip(suite: Suite, unwanted: (test: Test) => boolean): boolean {
  for (const task of suite.tasks) {
    if (task.type === "suite" ? skip(task, unwanted) : unwanted(task)) task.mode = "skip";
  }
  return suite.tasks.every(({ mode }) => mode === "skip");
}

function suites(suite: Suite): Suite[] {
  return suite.tasks.flatMap(task => (task.type === "suite" ? [task, ...suites(task)] : []));
}

function resultOf({ result, name, mode }: Test, id: string, fileName: string): TestResult[] {
  if (mode === "skip" || mode === "todo" || !result) return [];
  const common = { id, name, fileName, timeSpentMs: result.duration ?? 0 };
  if (result.state !== "fail") return [{ ...common, status: TestStatus.Success }];
  const failureMessage = result.errors?.map(({ message }) => message).join("\n") ?? "";
  return [{ ...common, status: TestStatus.Failed, failureMessage }];
}

const config: VitestRunner["config"] = {
  root: process.cwd(),
  setupFiles: [],
  name: undefined,
  passWithNoTests: true,
  testNamePattern: undefined,
  allowOnly: true,
  sequence: { shuffle: false, concurrent: false, seed: 0, hooks: "stack", setupFiles: "list" },
  chaiConfig: undefined,
  maxConcurrency: 1,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  retry: 0,
  includeTaskLocation: false,
  tags: [],
  tagsFilter: undefined,
  strictTags: true,
};
