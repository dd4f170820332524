import { type Debugger, type Runtime, Session } from "node:inspector";
import { slowness } from "../process/slowness.ts";
import { type Inside, insideName } from "./inside.ts";

/** How long the main thread may take to answer, in milliseconds; only native code keeps it from it. */
const patience = 5000;

type JsonMethods =
  | "notebook"
  | "below"
  | "reset"
  | "waitForBreakpoints"
  | "script"
  | "places"
  | "catches"
  | "isCaughtByWaiting"
  | "expression"
  | "show";
type Answer<Method extends keyof Inside> = Inside[Method] extends (...given: never[]) => infer Result
  ? Awaited<Result>
  : never;

interface Evaluated {
  result: Runtime.RemoteObject;
  exceptionDetails?: Runtime.ExceptionDetails;
}

/** Node's inspector of the main thread, as another thread uses it: answers also while the main thread is stopped. */
export class Inspector {
  readonly #session: Session;
  #inside: Promise<string> | undefined;

  constructor(session: Session = ofMainThread()) {
    this.#session = session;
  }

  on<Params>(event: string, heard: (params: Params) => void): void {
    this.#session.on(event, ({ params }: { params: Params }) => heard(params));
  }

  post<Result = object>(method: string, params: object = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      const late = new Error("the notebook's thread must answer, but is busy outside JavaScript; try again.");
      const timer = setTimeout(reject, patience * slowness(), late);
      this.#session.post(method, params, (error: Error | null, result?: object) => {
        clearTimeout(timer);
        if (error) reject(new Error(error.message));
        else resolve(result as Result);
      });
    });
  }

  /** Calls a method of `Inside` with JSON. */
  ask<Method extends JsonMethods>(method: Method, ...given: Parameters<Inside[Method]>): Promise<Answer<Method>> {
    return this.#call(
      method,
      given.map(value => ({ value })),
    ) as Promise<Answer<Method>>;
  }

  /** Makes a group of rows of values that are there. */
  async group(names: readonly string[], values: readonly Runtime.RemoteObject[]): Promise<number> {
    return (await this.#call("group", [{ value: names }, ...values.map(argument)])) as number;
  }

  async row(name: string, value: Runtime.RemoteObject): Promise<Answer<"row">> {
    return (await this.#call("row", [{ value: name }, argument(value)])) as Answer<"row">;
  }

  async showNow(value: Runtime.RemoteObject): Promise<Answer<"showNow">> {
    return (await this.#call("showNow", [argument(value)])) as Answer<"showNow">;
  }

  /** The value of JavaScript in a frame, or of the notebook; throws what it throws. */
  async evaluate(expression: string, frame?: Debugger.CallFrame): Promise<Runtime.RemoteObject> {
    const how = { expression, silent: true, timeout: patience - 1000 };
    const found = frame
      ? await this.post<Evaluated>("Debugger.evaluateOnCallFrame", { ...how, callFrameId: frame.callFrameId })
      : await this.post<Evaluated>("Runtime.evaluate", { ...how, disableBreaks: true });
    return resultOf(found);
  }

  close(): void {
    this.#session.disconnect();
  }

  async #call(method: string, given: object[]): Promise<unknown> {
    this.#inside ??= this.post<Evaluated>("Runtime.evaluate", { expression: insideName }).then(
      found => resultOf(found).objectId ?? "",
    );
    const found = await this.post<Evaluated>("Runtime.callFunctionOn", {
      objectId: await this.#inside,
      functionDeclaration: call,
      arguments: [{ value: method }, ...given],
      returnByValue: true,
      awaitPromise: method === "show",
      silent: true,
    });
    return resultOf(found).value;
  }
}

function ofMainThread(): Session {
  const session = new Session();
  session.connectToMainThread();
  return session;
}

/** Named, so that no step stops in it. */
const call = "function(method, ...given) { return this[method](...given);\n//# sourceURL=lectern:ask\n}";

function argument({ objectId, unserializableValue, value }: Runtime.RemoteObject): object {
  if (objectId !== undefined) return { objectId };
  return unserializableValue === undefined ? { value } : { unserializableValue };
}

function resultOf({ result, exceptionDetails }: Evaluated): Runtime.RemoteObject {
  if (!exceptionDetails) return result;
  const { exception, text } = exceptionDetails;
  const [first = text] = (exception?.description ?? String(exception?.value ?? text)).split("\n");
  throw new Error(first);
}
