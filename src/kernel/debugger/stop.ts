import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Debugger, Runtime } from "node:inspector";
import type { Position } from "../transform/positions.ts";
import type { Inspector } from "./inspector.ts";
import type { Scripts, UserScript } from "./scripts.ts";

/** A call in the user's code while it is stopped. */
export interface StoppedFrame {
  id: number;
  call: Debugger.CallFrame;
  script: UserScript;
  position: Position;
  /** The variables that it sees, by the scopes that have them; read when they are first asked for. */
  variables?: Promise<Variables[]>;
}

interface Variables {
  scope: "Locals" | "Closure";
  names: string[];
  values: Runtime.RemoteObject[];
}

let frames = 0;

/** The calls of the user's code, innermost first; those of packages and of the kernel are left out. */
export async function framesOf(calls: readonly Debugger.CallFrame[], scripts: Scripts): Promise<StoppedFrame[]> {
  const found = await Promise.all(
    calls.map(async call => {
      const script = await scripts.get(call.location.scriptId);
      const position = script && (await scripts.placeOf(script, call.location));
      return script && position && { id: ++frames, call, script, position };
    }),
  );
  return found.filter(each => each !== undefined);
}

/** A frame as the protocol has it. */
export function described({ id, call, script, position }: StoppedFrame): DebugProtocol.StackFrame {
  const name = call.functionName || script.name;
  return { id, name, ...position, source: { name: script.name, path: script.path, sourceReference: 0 } };
}

/** The scopes of a frame, each with a reference to its rows. */
export async function scopesOf(
  frame: StoppedFrame,
  inspector: Inspector,
  thrown?: Runtime.RemoteObject,
): Promise<DebugProtocol.Scope[]> {
  const scope = async (name: string, names: string[], values: Runtime.RemoteObject[]) => ({
    name,
    variablesReference: await inspector.group(names, values),
    namedVariables: names.length,
    expensive: false,
  });
  const scopes: DebugProtocol.Scope[] = thrown ? [await scope("Exception", ["exception"], [thrown])] : [];
  for (const { scope: name, names, values } of await variablesOf(frame, inspector)) {
    if (names.length > 0) scopes.push(await scope(name, names, values));
  }
  // Known to the caller by its name: its rows are those of the notebook at any time.
  if ("cell" in frame.script.facts.origin) scopes.push({ name: "Notebook", variablesReference: 0, expensive: false });
  return scopes;
}

/** The value of an expression, as it stands in a frame or in the notebook. */
export async function evaluate(
  source: string,
  inspector: Inspector,
  frame?: StoppedFrame,
): Promise<Runtime.RemoteObject> {
  const seen = frame ? (await variablesOf(frame, inspector)).flatMap(each => each.names) : [];
  const code = await inspector.ask("expression", source, frame?.script.url, seen);
  return inspector.evaluate(code, frame?.call);
}

function variablesOf(frame: StoppedFrame, inspector: Inspector): Promise<Variables[]> {
  frame.variables ??= readVariables(frame, inspector);
  return frame.variables;
}

async function readVariables({ call, script }: StoppedFrame, inspector: Inspector): Promise<Variables[]> {
  const found: Record<Variables["scope"], Map<string, Runtime.RemoteObject>> = {
    Locals: new Map(),
    Closure: new Map(),
  };
  const seen = new Set<string>();
  for (const { type, object } of call.scopeChain) {
    const scope = type === "closure" || type === "module" ? "Closure" : "Locals";
    if (type === "global" || type === "script" || object.objectId === undefined) continue;
    const { result } = await inspector.post<{ result: Runtime.PropertyDescriptor[] }>("Runtime.getProperties", {
      objectId: object.objectId,
      ownProperties: true,
    });
    for (const { name, value } of ofTheUser(result, script)) {
      if (value && !seen.has(name)) found[scope].set(name, value);
      seen.add(name);
    }
  }
  const receiver = call.this;
  const hasReceiver = receiver.type === "object" && receiver.subtype !== "null" && receiver.className !== "global";
  if (hasReceiver && call.functionName !== "") found.Locals.set("this", receiver);
  return (["Locals", "Closure"] as const).map(scope => ({
    scope,
    names: [...found[scope].keys()],
    values: [...found[scope].values()],
  }));
}

/** Without what the kernel put there: its helpers, and copies of the notebook's names. */
function ofTheUser(variables: Runtime.PropertyDescriptor[], { facts }: UserScript): Runtime.PropertyDescriptor[] {
  const { prefix, handed } = facts;
  if (prefix === undefined || !variables.some(({ name }) => name.startsWith(prefix))) return variables;
  return variables.filter(({ name }) => !name.startsWith(prefix) && !handed.includes(name));
}
