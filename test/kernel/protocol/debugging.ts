import type { Received, TestKernel } from "./client.ts";

// biome-ignore lint/suspicious/noExplicitAny: a body of any command; what it should hold is what the tests say.
type Body = any;

/** A debugger's client, as JupyterLab is one. */
export class TestDebugger {
  #sequence = 0;
  #seen = 0;

  constructor(readonly kernel: TestKernel) {}

  /** Sends a request; returns the response. */
  async send(command: string, given: object = {}): Promise<Body> {
    const request = { type: "request", seq: ++this.#sequence, command, arguments: given };
    return (await this.kernel.ask("debug_request", request, "control")).content;
  }

  /** The body of the response to a request that must succeed. */
  async ask(command: string, given: object = {}): Promise<Body> {
    const response = await this.send(command, given);
    if (!response.success) throw new Error(`${command}: ${response.message}`);
    return response.body;
  }

  async attach(): Promise<void> {
    await this.ask("initialize", { clientID: "test" });
    await this.ask("attach");
    await this.ask("configurationDone");
  }

  /** Sets breakpoints in a cell; returns the path that stands for it. */
  async inCell(code: string, ...lines: (number | object)[]): Promise<string> {
    const { sourcePath } = await this.ask("dumpCell", { code });
    await this.inFile(sourcePath, ...lines);
    return sourcePath;
  }

  async inFile(path: string, ...lines: (number | object)[]): Promise<Body> {
    const breakpoints = lines.map(line => (typeof line === "number" ? { line } : line));
    return this.ask("setBreakpoints", { source: { path }, breakpoints, sourceModified: false });
  }

  /** The next event of this name. */
  async event(name: string): Promise<Body> {
    const message = await this.kernel.until(
      each => each.type === "debug_event" && each.content.event === name && this.#place(each) >= this.#seen,
    );
    this.#seen = this.#place(message) + 1;
    return message.content.body;
  }

  /** Waits until it stops; returns why, and the lines of the stack, innermost first. */
  async stopped(): Promise<{ reason: string; lines: string[]; frames: Body[]; body: Body }> {
    const body = await this.event("stopped");
    const { stackFrames: frames } = await this.ask("stackTrace", { threadId: 1 });
    const lines = frames.map((each: Body) => `${each.name}:${each.line}`);
    return { reason: body.reason, lines, frames, body };
  }

  /** Names and values of a scope of the innermost frame. */
  async scope(name: string, frame = 0): Promise<Record<string, string> | undefined> {
    const { stackFrames } = await this.ask("stackTrace", { threadId: 1 });
    const { scopes } = await this.ask("scopes", { frameId: stackFrames[frame].id });
    const scope = scopes.find((each: Body) => each.name === name);
    if (!scope) return undefined;
    const { variables } = await this.ask("variables", { variablesReference: scope.variablesReference });
    return Object.fromEntries(variables.map((each: Body) => [each.name, each.value]));
  }

  /** Takes all breakpoints away and lets what is stopped go on, whatever a test left. */
  async release(): Promise<void> {
    const { isStarted, breakpoints } = await this.ask("debugInfo");
    if (!isStarted) return;
    for (const { source } of breakpoints) await this.inFile(source);
    await this.ask("setExceptionBreakpoints", { filters: [] });
    await this.ask("continue");
    this.#seen = this.kernel.messages.length;
  }

  #place(message: Received): number {
    return this.kernel.messages.indexOf(message);
  }
}
