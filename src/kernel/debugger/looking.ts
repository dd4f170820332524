import { setTimeout } from "node:timers/promises";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Stop } from "./debuggee.ts";
import type { Inspector } from "./inspector.ts";
import type { Row } from "./rows.ts";
import { evaluate, scopesOf, type StoppedFrame } from "./stop.ts";

/** Arguments of a request, of any client: nothing about them is sure. */
export type Given = Record<string, unknown>;

/** References of the protocol are positive; the notebook's own rows go by the one that rows never have. */
const notebookReference = 2 ** 31 - 1;

/** The requests that look at values: of a frame where the notebook is stopped, of its names at any time. */
export class Looking {
  /** Whether the client shows a type in the place of the value; simple values then come without. */
  hidesValues = false;

  constructor(
    readonly inspector: () => Inspector,
    readonly stopNow: () => Stop | undefined,
  ) {}

  get stop(): Stop {
    const stop = this.stopNow();
    if (stop) return stop;
    throw new Error("the notebook must be stopped, but it runs; set a breakpoint.");
  }

  async scopes({ frameId }: Given): Promise<object> {
    const scopes = await scopesOf(this.#frame(frameId), this.inspector(), this.stop.thrown);
    return { scopes: scopes.map(withReference) };
  }

  async variables({ variablesReference, start, count }: Given): Promise<object> {
    const range = { start: numberOr(start), count: numberOr(count) };
    const reference = Number(variablesReference);
    const isNotebook = reference === notebookReference;
    const rows = await (isNotebook
      ? this.inspector().ask("notebook")
      : this.inspector().ask("below", reference, range));
    if (rows) return { variables: this.#shown(rows) };
    throw new Error("variables: what this stood for is gone; ask for the scopes or inspectVariables again.");
  }

  async evaluate({ expression, frameId }: Given): Promise<object> {
    const inspector = this.inspector();
    const frame = frameId === undefined || frameId === null ? this.stopNow()?.frames[0] : this.#frame(frameId);
    const value = await evaluate(String(expression ?? ""), inspector, frame);
    const { value: result, ...row } = await inspector.row("", value);
    return { ...row, result };
  }

  async exceptionInfo(): Promise<object> {
    const { thrown } = this.stop;
    if (!thrown) throw new Error("exceptionInfo: the notebook must be stopped by an exception, but is not.");
    const { type, value } = await this.inspector().row("", thrown);
    return { exceptionId: type, description: value, breakMode: "always" };
  }

  async inspectVariables(): Promise<object> {
    const inspector = this.inspector();
    // While it is stopped, its scopes have references that still count.
    if (!this.stopNow()) await inspector.ask("reset");
    return { variables: this.#shown(await inspector.ask("notebook")) };
  }

  async richInspect({ variableName, frameId }: Given): Promise<object> {
    const inspector = this.inspector();
    const name = String(variableName ?? "");
    const stop = this.stopNow();
    const frame = typeof frameId === "number" && stop ? this.#frame(frameId) : stop?.frames[0];
    const showNow = async () => inspector.showNow(await evaluate(name, inspector, frame));
    // What a value itself says may take its time, and nothing can be waited for while the thread is stopped or busy.
    const shown = await (frame ? showNow() : within(patience, inspector.ask("show", name), showNow)).catch(() => {});
    return shown ?? { data: {}, metadata: {} };
  }

  #shown(rows: readonly Row[]): object[] {
    if (!this.hidesValues) return [...rows];
    return rows.map(({ type, ...row }) => (simple.has(type) ? row : { type, ...row }));
  }

  #frame(id: unknown): StoppedFrame {
    const frame = this.stop.frames.find(each => each.id === id);
    if (frame) return frame;
    throw new Error(
      `frameId must be that of a frame of this stop, but got ${String(id)}; ask for the stackTrace again.`,
    );
  }
}

/** How long a value may take to say how it is shown, in milliseconds. */
const patience = 500;

/** A value that comes in time, or another in its place. */
async function within<Value>(
  milliseconds: number,
  value: Promise<Value>,
  instead: () => Promise<Value>,
): Promise<Value> {
  const first = await Promise.race([value.then(found => ({ found })), setTimeout(milliseconds)]);
  if (first) return first.found;
  // It fails when nobody waits for it any more.
  value.catch(() => {});
  return instead();
}

const simple: ReadonlySet<string> = new Set([
  "number",
  "string",
  "boolean",
  "bigint",
  "undefined",
  "null",
  "symbol",
  "",
]);

function withReference(scope: DebugProtocol.Scope): DebugProtocol.Scope {
  return scope.variablesReference === 0 ? { ...scope, variablesReference: notebookReference } : scope;
}

function numberOr(given: unknown): number | undefined {
  return typeof given === "number" ? given : undefined;
}
