import type { NamesReport } from "../dependencies.ts";
import type { CellError, CellResult } from "../result.ts";
import type { DependencyComm } from "./dependencyComm.ts";
import { errorContent, kernelFault } from "./errors.ts";
import { evaluateExpressions } from "./expressions.ts";
import type { History } from "./history.ts";
import type { Content, Request } from "./message.ts";
import type { Publisher } from "./publisher.ts";
import { type CodePath, runCode } from "./runCode.ts";
import type { Run, Runs } from "./runs.ts";

export interface ExecutorParts extends CodePath {
  runs: Runs;
  publisher: Publisher;
  history: History;
  dependencies: DependencyComm;
  reply: (request: Request, content: Content, metadata?: Content) => void;
}

/** What runs now. */
interface Current {
  run: Run;
  /** Ends it from outside, whatever its code does. */
  end: (error: CellError) => void;
}

/** Runs the `execute_request`s of all clients, one after the other. */
export class Executor {
  readonly #waiting: Request[] = [];
  #count = 0;
  #loop: Promise<void> | undefined;
  #current: Current | undefined;
  #isClosing = false;

  constructor(readonly parts: ExecutorParts) {}

  push(request: Request): void {
    this.#waiting.push(request);
    this.#loop ??= this.#work();
  }

  get current(): Run | undefined {
    return this.#current?.run;
  }

  /** Ends the current run with an error, without asking its code. */
  end(error: (run: Run) => CellError): void {
    this.#current?.end(error(this.#current.run));
  }

  /** Settles when nothing waits or runs. */
  async settled(): Promise<void> {
    while (this.#loop) await this.#loop;
  }

  /** Runs nothing more: what waits is told so. */
  close(): Promise<void> {
    this.#isClosing = true;
    return this.settled();
  }

  async #work(): Promise<void> {
    const { publisher } = this.parts;
    for (let request = this.#waiting.shift(); request; request = this.#waiting.shift()) {
      if (this.#isClosing) {
        this.#abort(request);
        continue;
      }
      publisher.status("busy", request.header);
      const { status } = await this.#execute(request);
      publisher.status("idle", request.header);
      // What had arrived before the error is not run; what comes later is.
      if (status === "error" && stopsOthers(request)) for (const each of this.#waiting.splice(0)) this.#abort(each);
    }
    this.#loop = undefined;
  }

  /** As ipykernel does it, without a count: none was given. */
  #abort(request: Request): void {
    this.parts.publisher.status("busy", request.header);
    this.parts.reply(request, { status: "aborted" });
    this.parts.publisher.status("idle", request.header);
  }

  async #execute(request: Request): Promise<CellResult> {
    const { publisher, history, runs, reply, dependencies } = this.parts;
    const { content, header } = request;
    const code = String(content.code ?? "");
    const silent = content.silent === true;
    const number = this.#count + 1;
    if (!silent && content.store_history !== false && code.trim() !== "") {
      this.#count = number;
      history.add(number, code);
    }
    if (!silent) publisher.publish("execute_input", { code, execution_count: number }, { parent: header });
    const run = runs.open({
      number,
      parent: header,
      stdin: content.allow_stdin === true ? request.identities : undefined,
      ...(silent ? { collect: () => {} } : {}),
    });
    let report: NamesReport | undefined;
    const { result, values } = await this.#untilEnded(run, async signal => {
      const id = typeof request.metadata.cellId === "string" ? request.metadata.cellId : undefined;
      const result = await runCode(this.parts, run, code, signal, (names, finished) => {
        if (!silent) report = dependencies.ran({ id, count: number }, names, finished, { parent: header });
      });
      if (result.status === "error") return { result, values: {} };
      const evaluate = (each: Run, source: string) => runCode(this.parts, each, source, signal);
      const about = { number, parent: header, runs };
      return { result, values: await evaluateExpressions(content.user_expressions, about, evaluate) };
    });
    await this.parts.outlet.settled();
    publisher.flush();
    runs.close(run);
    const status = result.status === "ok" ? result : { status: "error", ...errorContent(result.error) };
    const answer = { ...status, execution_count: number, payload: [], user_expressions: values };
    reply(request, answer, report && { lectern: report });
    return result;
  }

  async #untilEnded(run: Run, job: (signal: AbortSignal) => Promise<Outcome>): Promise<Outcome> {
    const controller = new AbortController();
    let end: (error: CellError) => void = () => {};
    const ended = new Promise<Outcome>(resolve => {
      end = error => {
        if (controller.signal.aborted) return;
        controller.abort();
        this.parts.outlet.error(error, run);
        resolve({ result: { status: "error", error }, values: {} });
      };
    });
    this.#current = { run, end };
    try {
      return await Promise.race([job(controller.signal), ended]);
    } catch (error) {
      end(kernelFault(error, run.number));
      return await ended;
    } finally {
      this.#current = undefined;
    }
  }
}

/** Whether an error in it ends what waits behind it: not in what a front end asks for itself, silently. */
function stopsOthers({ content }: Request): boolean {
  return content.silent !== true && content.stop_on_error !== false;
}

interface Outcome {
  result: CellResult;
  values: Content;
}
