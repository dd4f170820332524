import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Debugger, Runtime } from "node:inspector";
import { type Breakpoint, Breakpoints } from "./breakpoints.ts";
import { stopsAt } from "./conditions.ts";
import type { Inspector } from "./inspector.ts";
import { foreign, Scripts } from "./scripts.ts";
import { isInGetter, Step, type Way } from "./steps.ts";
import { framesOf, type StoppedFrame } from "./stop.ts";

/** Why and where the notebook's thread is stopped. */
export interface Stop {
  reason: "breakpoint" | "step" | "exception" | "pause";
  frames: StoppedFrame[];
  hit: Breakpoint[];
  thrown?: Runtime.RemoteObject;
}

export interface DebuggeeEvents {
  stopped: (stop: Stop) => void;
  continued: () => void;
  breakpoint: (breakpoint: DebugProtocol.Breakpoint) => void;
  /** New code has its breakpoints and may run. */
  ready: () => void;
  /** What a breakpoint says that only says something. */
  said: (text: string, frame: StoppedFrame) => void;
}

/** The notebook's thread, being debugged. */
export class Debuggee {
  readonly scripts: Scripts;
  readonly breakpoints: Breakpoints;
  stop: Stop | undefined;
  #step: Step | undefined;
  #pausing = false;
  /** Takes away what stops where new code starts. */
  #start: (() => Promise<void>) | undefined;
  /** Counts pauses and what ends them. */
  #turn = 0;
  #onlyUncaught = false;

  private constructor(
    readonly inspector: Inspector,
    readonly events: DebuggeeEvents,
  ) {
    this.scripts = new Scripts(inspector, id => void this.#parsed(id));
    this.breakpoints = new Breakpoints(inspector, this.scripts, events.breakpoint);
    inspector.on<Debugger.PausedEventDataType>("Debugger.paused", pause => {
      this.#paused(pause).catch(() => {});
    });
    inspector.on("Debugger.resumed", () => this.#resumed());
  }

  static async attach(inspector: Inspector, events: DebuggeeEvents): Promise<Debuggee> {
    const debuggee = new Debuggee(inspector, events);
    await inspector.post("Debugger.enable");
    await inspector.post("Debugger.setBlackboxPatterns", { patterns: foreign });
    await inspector.ask("waitForBreakpoints", true);
    return debuggee;
  }

  async step(way: Way): Promise<void> {
    const { frames = [] } = this.stop ?? {};
    if (frames.length === 0) throw new Error("the notebook must be stopped to step, but it runs; set a breakpoint.");
    this.#step = new Step(way, frames);
    await this.inspector.post(`Debugger.${way}`);
  }

  async resume(): Promise<void> {
    if (this.stop) await this.inspector.post("Debugger.resume");
  }

  async pause(): Promise<void> {
    this.#pausing = true;
    await this.inspector.post("Debugger.pause");
  }

  /** Which exceptions stop: those that no code of the user catches are sorted out here, because V8 only guesses. */
  async stopAtExceptions(which: "all" | "uncaught" | "none"): Promise<void> {
    this.#onlyUncaught = which === "uncaught";
    await this.inspector.post("Debugger.setPauseOnExceptions", { state: which === "none" ? "none" : "all" });
  }

  /** Goes on and stops nowhere until `heed`. */
  ignore(): void {
    // Not waited for: whoever interrupts must not wait for a thread that is busy elsewhere.
    this.inspector.post("Debugger.setSkipAllPauses", { skip: true }).catch(() => {});
    // Also where it is not known yet that it is stopped; refused where it is not.
    this.inspector.post("Debugger.resume").catch(() => {});
  }

  heed(): void {
    this.inspector.post("Debugger.setSkipAllPauses", { skip: false }).catch(() => {});
  }

  /** Ends the debugging: what is stopped goes on. */
  async detach(): Promise<void> {
    this.ignore();
    await this.inspector.ask("waitForBreakpoints", false);
    await this.inspector.ask("reset");
    await this.inspector.post("Debugger.disable");
  }

  async #parsed(id: string): Promise<void> {
    // Code that is not the user's does not wait, and must not set free what does.
    if (!(await this.breakpoints.bind(id).catch(() => true))) return;
    // A pause that was asked for while nothing of the user ran is due in what runs next.
    if (this.#pausing) this.#start ??= await this.breakpoints.atStart(id).catch(() => undefined);
    this.events.ready();
  }

  async #paused(pause: Debugger.PausedEventDataType): Promise<void> {
    const turn = ++this.#turn;
    // Whatever goes wrong here, the cell must not stand still without anybody knowing.
    const next = await this.#judge(pause).catch(() => "resume" as const);
    if (typeof next !== "string") await this.inspector.ask("reset");
    // An interrupt let it go on meanwhile.
    if (turn !== this.#turn) return;
    if (typeof next === "string") return void (await this.inspector.post(`Debugger.${next}`));
    this.#step = undefined;
    this.#pausing = false;
    this.#start?.().catch(() => {});
    this.#start = undefined;
    this.stop = next;
    this.events.stopped(next);
  }

  /** How to go on, or the stop that its client hears of. */
  async #judge(pause: Debugger.PausedEventDataType): Promise<Way | "resume" | Stop> {
    const { reason, data, callFrames, hitBreakpoints = [] } = pause;
    const frames = await framesOf(callFrames, this.scripts);
    const [top] = frames;
    if (!top) return "resume";
    const step = this.#step;
    const hit = this.breakpoints.hit(hitBreakpoints);
    const isThrow = reason === "exception" || reason === "promiseRejection";
    if (isThrow) {
      const isCaught = this.#onlyUncaught && (await this.#isCaught(frames));
      if (isCaught) return step?.way ?? "resume";
      return { reason: "exception", frames, hit, thrown: data as Runtime.RemoteObject };
    }
    if (hit.length > 0 && (await stopsAt(hit, top, this.inspector, this.events.said)))
      return { reason: "breakpoint", frames, hit };
    if (step) {
      if (isInGetter(top) || step.isBelow(frames)) return "stepOut";
      return step.isStillThere(top) ? step.way : { reason: "step", frames, hit };
    }
    if (hit.length > 0) return "resume";
    // A `debugger` statement is a breakpoint too.
    return { reason: this.#pausing ? "pause" : "breakpoint", frames, hit };
  }

  #resumed(): void {
    this.#turn++;
    if (!this.stop) return;
    this.stop = undefined;
    this.inspector.ask("reset").catch(() => {});
    this.events.continued();
  }

  /** Whether a frame on the way out, or one that waits for it, is in a `try`. */
  async #isCaught(frames: readonly StoppedFrame[]): Promise<boolean> {
    const running = frames.map(({ script, position }) => this.inspector.ask("catches", script.url, position));
    return (await Promise.all([...running, this.inspector.ask("isCaughtByWaiting")])).includes(true);
  }
}
