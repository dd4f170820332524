import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { endWithUs } from "../../process/endWithUs.ts";
import { slowness } from "../../process/slowness.ts";
import type { FromChecker, ToChecker } from "./messages.ts";

/** How long a snapshot may take to start, in milliseconds. */
const usualPatience = 20_000;

/** What makes glibc give back what it does not use: a start from a snapshot leaves a lot of that behind. */
const returningMemory = { MALLOC_ARENA_MAX: "1", MALLOC_TRIM_THRESHOLD_: "65536" };

/** One run of the checker's program. */
export class CheckerChild {
  readonly process: ChildProcess;
  /** Whether it answers. */
  ready = false;
  /** Whether we ended it ourselves. */
  ended = false;
  /** The end of what it wrote to stderr. */
  lastWords = "";

  constructor(
    directory: string,
    readonly snapshot: string | undefined,
    receive: (message: FromChecker) => void,
    closed: () => void,
    patience = usualPatience * slowness(),
  ) {
    this.process = fork(program(), [directory], {
      // What a cell left as ours may be gone, and no process starts there.
      cwd: path.dirname(program()),
      execArgv: snapshot === undefined ? [] : ["--snapshot-blob", snapshot],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: { ...returningMemory, ...process.env },
    });
    endWithUs(this.process);
    // A snapshot that hangs is as bad as one that is refused.
    const late = snapshot === undefined ? undefined : setTimeout(() => this.process.kill("SIGKILL"), patience);
    late?.unref();
    this.process.on("message", (message: FromChecker) => {
      if (message.type === "ready") clearTimeout(late);
      receive(message);
    });
    this.process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.lastWords = (this.lastWords + text).slice(-2000);
    });
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      clearTimeout(late);
      closed();
    };
    this.process.once("error", end);
    this.process.once("exit", end);
  }

  tell(message: ToChecker): void {
    if (this.process.connected) this.process.send(message, () => {});
  }

  /** An idle checker does not keep its parent alive. */
  idle(idle: boolean): void {
    const keep = idle ? "unref" : "ref";
    this.process[keep]();
    this.process.channel?.[keep]();
    (this.process.stderr as { ref?(): void; unref?(): void } | null)?.[keep]?.();
  }

  end(): void {
    this.ended = true;
    this.process.kill("SIGKILL");
  }
}

/** Starts a run of the checker's program; `receive` and `closed` are called later. */
export type StartChild = (...args: ConstructorParameters<typeof CheckerChild>) => CheckerChild;

export const startChild: StartChild = (...args) => new CheckerChild(...args);

/** The program is compiled: a child of a process that runs from source runs the build. */
export function program(): string {
  const own = import.meta.url;
  return fileURLToPath(
    new URL(own.endsWith(".ts") ? "../../../../dist/kernel/check/process/main.js" : "./main.js", own),
  );
}
