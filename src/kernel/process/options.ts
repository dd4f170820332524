import type { EngineOptions } from "../engineOptions.ts";

export interface ProcessOptions extends EngineOptions {
  /** How node is started: what the process may reach, and how much of it. */
  confinement?: Confinement;
  /** Takes what the checks of somebody else's notebook say, so that no cell can say it for them; see {@link Guard}. */
  guard?: GuardListener;
}

export interface Confinement {
  /** The program that is started, and what comes before the path of ours. Default: node, without flags. */
  execPath: string;
  execArgv: readonly string[];
  env: NodeJS.ProcessEnv;
  /** How many bytes the cells may show, in all. */
  outputBytes: number;
}

export interface GuardListener {
  /** A check spoke while that cell ran; `changed` is what is not as it was when the guard closed. */
  onVerdict: (cell: number, verdict: unknown, changed: readonly string[]) => void;
  /** The same list at the end of a cell. */
  onChanged: (cell: number, changed: readonly string[]) => void;
}

export interface RunOptions {
  timeoutMilliseconds?: number;
  /** With a guard: names that this cell declares and no later one of somebody else may change unnoticed. */
  keep?: readonly string[];
}
