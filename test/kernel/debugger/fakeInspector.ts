import type { Debugger } from "node:inspector";
import type { Inspector } from "../../../src/kernel/debugger/inspector.ts";
import type { ScriptFacts } from "../../../src/kernel/debugger/inside.ts";

/** An inspector of a thread that there is not: a test says what it answers, and what happens there. */
export class FakeInspector {
  readonly posted: string[] = [];
  readonly params: object[] = [];
  readonly facts = new Map<string, ScriptFacts>();
  /** Values of expressions. */
  readonly values = new Map<string, unknown>();
  /** What an answer waits for. */
  hold: Promise<void> = Promise.resolve();
  /** Answers of node's own methods. */
  answers: Record<string, object> = {};
  closed = false;
  readonly #heard = new Map<string, (params: object) => void>();

  /** As the code under test knows it. */
  get real(): Inspector {
    return this as unknown as Inspector;
  }

  on(event: string, heard: (params: object) => void): void {
    this.#heard.set(event, heard);
  }

  async post(method: string, params: object = {}): Promise<object> {
    this.posted.push(method);
    this.params.push(params);
    return this.answers[method] ?? {};
  }

  async ask(method: string, ...given: unknown[]): Promise<unknown> {
    await this.hold;
    if (method === "script") return this.facts.get(given[0] as string);
    if (method === "places") return (given[1] as number[][]).map(([line, column]) => ({ line, column }));
    if (method === "catches") return false;
    if (method === "expression") return given[0];
    return undefined;
  }

  async evaluate(expression: string): Promise<object> {
    return { type: "object", value: this.values.get(expression) };
  }

  async row(_name: string, { value }: { value: unknown }): Promise<object> {
    return { value: String(value) };
  }

  async group(): Promise<number> {
    return 1;
  }

  close(): void {
    this.closed = true;
  }

  /** Something happens in the thread; settles when everybody had time to answer it. */
  async happens(event: string, params: object = {}): Promise<void> {
    this.#heard.get(event)?.(params);
    await settled();
  }

  /** Code of the user comes to be. */
  async parsed(id: string, facts: ScriptFacts | undefined, url = `file:///user/${id}.ts`): Promise<void> {
    if (facts) this.facts.set(url, facts);
    await this.happens("Debugger.scriptParsed", { scriptId: id, url });
  }

  /** It stops in these calls, innermost first, each `script:line` or `script:line:function`. */
  async stops(calls: string[], more: Partial<Debugger.PausedEventDataType> = {}): Promise<void> {
    await this.happens("Debugger.paused", { reason: "other", callFrames: calls.map(call), ...more });
  }
}

/** A call in line `line` of a script, in the function that starts in line `starts`. */
export function call(place: string): Debugger.CallFrame {
  const [scriptId = "", line = "1", starts = "1"] = place.split(":");
  const at = (from1: string) => ({ scriptId, lineNumber: Number(from1) - 1, columnNumber: 0 });
  return {
    callFrameId: place,
    functionName: "",
    location: at(line),
    functionLocation: at(starts),
    url: "",
    scopeChain: [],
    this: { type: "undefined" },
  } as Debugger.CallFrame;
}

export function cell(number: number, source = ""): ScriptFacts {
  return { origin: { cell: number }, source, handed: [] };
}

export function settled(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 5));
}
