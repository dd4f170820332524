import type { DebugProtocol } from "@vscode/debugprotocol";
import { capabilities } from "./capabilities.ts";
import { codeParameters } from "./codeIds.ts";
import { Debuggee, type Stop } from "./debuggee.ts";
import { Inspector } from "./inspector.ts";
import { type Given, Looking } from "./looking.ts";
import { Sources } from "./sources.ts";
import { described } from "./stop.ts";

/** The notebook's only thread, as the protocol has it. */
const threadId = 1;

/**
 * The Debug Adapter Protocol, with the requests that Jupyter adds to it. It lives in the thread that speaks to the
 * clients, so it answers while the notebook's thread is stopped.
 *
 * Nothing is opened before the first request that needs it, and nothing slows the notebook before `attach`.
 */
export class DebugAdapter {
  readonly #looking = new Looking(
    () => this.#open(),
    () => this.#debuggee?.stop,
  );
  readonly #sources = new Sources(() => this.#debuggee?.scripts);
  #inspector: Inspector | undefined;
  #debuggee: Debuggee | undefined;
  #changing: Promise<unknown> = Promise.resolve();
  #ignoring = false;
  #sequence = 0;

  /** `ready`: new code has its breakpoints and may run. */
  constructor(
    readonly emit: (event: DebugProtocol.Event) => void,
    readonly ready: () => void,
    readonly inspect: () => Inspector = () => new Inspector(),
  ) {}

  /** The response to a request. */
  async receive(request: Given): Promise<DebugProtocol.Response> {
    const command = String(request.command ?? "");
    const response = {
      seq: ++this.#sequence,
      type: "response",
      request_seq: Number(request.seq ?? 0),
      command,
    } as const;
    try {
      const answer = Object.hasOwn(this.#answers, command) ? this.#answers[command] : undefined;
      if (!answer) throw new Error(`the debugger must be asked what it knows, but got ${JSON.stringify(command)}.`);
      const body = await answer((request.arguments ?? {}) as Given);
      return { ...response, success: true, body: body ?? {} };
    } catch (error) {
      const { message } = error as Error;
      return { ...response, success: false, message, body: { error: { id: 1, format: message } } };
    }
  }

  /** Lets the notebook run, whatever stops it, until `heed`: it is to be interrupted. */
  ignore(): void {
    if (!this.#debuggee) return;
    this.#ignoring = true;
    this.#debuggee.ignore();
  }

  heed(): void {
    if (this.#ignoring) this.#debuggee?.heed();
    this.#ignoring = false;
  }

  /** Ends everything; to be called before the process exits, because node would wait for the debugger. */
  close(): void {
    this.#debuggee = undefined;
    this.#inspector?.close();
    this.#inspector = undefined;
  }

  readonly #answers: Record<string, (given: Given) => unknown> = {
    initialize: ({ clientID }) => {
      this.#looking.hidesValues = clientID === "jupyterlab";
      return capabilities;
    },
    attach: () => this.#inTurn(() => this.#attach()),
    disconnect: () => this.#inTurn(() => this.#detach()),
    terminate: () => this.#inTurn(() => this.#detach()),
    configurationDone: () => {},
    debugInfo: () => this.#info(),
    dumpCell: ({ code }) => this.#sources.dump(String(code ?? "")),
    source: ({ source }) => this.#sources.text(String((source as Given | undefined)?.path ?? "")),
    modules: () => this.#sources.modules(),
    loadedSources: async () => ({ sources: (await this.#sources.modules()).modules }),
    setBreakpoints: given => this.#setBreakpoints(given),
    setExceptionBreakpoints: given => this.#setExceptionBreakpoints(given),
    threads: () => ({ threads: [{ id: threadId, name: "notebook" }] }),
    stackTrace: given => this.#stackTrace(given),
    scopes: given => this.#looking.scopes(given),
    variables: given => this.#looking.variables(given),
    evaluate: given => this.#looking.evaluate(given),
    exceptionInfo: () => this.#looking.exceptionInfo(),
    continue: async () => {
      await this.#attached.resume();
      return { allThreadsContinued: true };
    },
    next: () => this.#attached.step("stepOver"),
    stepIn: () => this.#attached.step("stepInto"),
    stepOut: () => this.#attached.step("stepOut"),
    pause: () => this.#attached.pause(),
    inspectVariables: () => this.#looking.inspectVariables(),
    richInspectVariables: given => this.#looking.richInspect(given),
  };

  #open(): Inspector {
    this.#inspector ??= this.inspect();
    return this.#inspector;
  }

  get #attached(): Debuggee {
    if (this.#debuggee) return this.#debuggee;
    throw new Error("the debugger must be attached, but is not; send attach first.");
  }

  /** Two clients may attach at once, or one while the other goes. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    const changed = this.#changing.then(change);
    this.#changing = changed.catch(() => {});
    return changed;
  }

  async #attach(): Promise<void> {
    try {
      this.#debuggee ??= await Debuggee.attach(this.#open(), {
        stopped: stop => this.#send("stopped", this.#stoppedBody(stop)),
        continued: () => this.#send("continued", { threadId, allThreadsContinued: true }),
        breakpoint: breakpoint => this.#send("breakpoint", { reason: "changed", breakpoint }),
        ready: this.ready,
        said: (output, frame) => {
          const { source, line, column } = described(frame);
          this.#send("output", { category: "console", output: `${output}\n`, source, line, column });
        },
      });
    } catch (error) {
      // Half of it may be there, and would hear everything twice after the next attach.
      this.close();
      throw error;
    }
    this.#send("initialized");
  }

  async #detach(): Promise<void> {
    const debuggee = this.#debuggee;
    try {
      await debuggee?.detach();
    } finally {
      this.close();
    }
    if (debuggee) this.#send("terminated");
  }

  #info(): object {
    return {
      isStarted: this.#debuggee !== undefined,
      ...codeParameters,
      breakpoints: this.#debuggee?.breakpoints.listed() ?? [],
      stoppedThreads: this.#debuggee?.stop ? [threadId] : [],
      richRendering: true,
      exceptionPaths: [],
      // A cell could not use the name: its checker knows nothing of it.
      copyToGlobals: false,
    };
  }

  async #setBreakpoints({ source, breakpoints = [] }: Given): Promise<object> {
    const path = (source as Given | undefined)?.path;
    if (typeof path !== "string") throw new Error("setBreakpoints: the source must have a path; send dumpCell first.");
    const wanted = (Array.isArray(breakpoints) ? breakpoints : []) as DebugProtocol.SourceBreakpoint[];
    const isUsable = wanted.every(each => Number.isInteger(each?.line) && each.line > 0);
    if (!isUsable) throw new Error("setBreakpoints: each must have a line, counted from 1.");
    return { breakpoints: await this.#attached.breakpoints.replace(path, wanted) };
  }

  async #setExceptionBreakpoints({ filters }: Given): Promise<void> {
    const wanted = Array.isArray(filters) ? filters : [];
    const which = wanted.includes("all") ? "all" : wanted.includes("uncaught") ? "uncaught" : "none";
    await this.#attached.stopAtExceptions(which);
  }

  #stackTrace({ startFrame = 0, levels = 0 }: Given): object {
    const { frames } = this.#looking.stop;
    const start = Number(startFrame);
    const end = Number(levels) > 0 ? start + Number(levels) : frames.length;
    return { stackFrames: frames.slice(start, end).map(described), totalFrames: frames.length };
  }

  #stoppedBody({ reason, hit, thrown }: Stop): DebugProtocol.StoppedEvent["body"] {
    const text = thrown && (thrown.description ?? String(thrown.value)).split("\n")[0];
    const hitBreakpointIds = hit.map(each => each.id);
    return {
      reason,
      threadId,
      allThreadsStopped: true,
      hitBreakpointIds,
      ...(text ? { text, description: text } : {}),
    };
  }

  #send(event: string, body?: object): void {
    this.emit({ seq: ++this.#sequence, type: "event", event, body: body ?? {} });
  }
}
