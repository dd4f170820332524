import type { CellChecker } from "../check/cellChecker.ts";
import type { SeenValue } from "../runtimeValues.ts";
import type { Comms } from "./comms.ts";
import { completeReply, inspectReply, isCompleteReply } from "./editing.ts";
import type { Executor } from "./executor.ts";
import type { History } from "./history.ts";
import { log } from "./log.ts";
import type { Content, Request } from "./message.ts";
import type { Publisher } from "./publisher.ts";

export interface DispatchParts {
  publisher: Publisher;
  executor: Executor;
  history: History;
  comms: Comms;
  checker: () => Promise<CellChecker>;
  kernelInfo: Content;
  /** Looks at a value as it is now. */
  look: (path: string[]) => Promise<SeenValue | undefined>;
  /** Answers in the debugger's own protocol. */
  debug: (content: Content) => Promise<Content>;
  interrupt: () => Promise<void>;
  /** Ends the kernel, after the reply. */
  shutdown: () => void;
}

type Reply = (request: Request, content: Content) => void;

/** How long a question waits for the cells before it, in milliseconds; a longer cell is overtaken. */
const patience = 200;

/** Answers the requests of one channel; those that do not run code are answered while code runs. */
export class Dispatch {
  constructor(
    readonly parts: DispatchParts,
    readonly reply: Reply,
  ) {}

  receive(request: Request): void {
    if (request.header.msg_type === "execute_request") this.parts.executor.push(request);
    else void this.#answer(request);
  }

  async #answer(request: Request): Promise<void> {
    const { publisher, executor } = this.parts;
    publisher.status("busy", request.header);
    try {
      const content = await this.#contentFor(request);
      if (content) this.reply(request, content);
    } catch (error) {
      log(`${request.header.msg_type} failed: ${(error as Error | undefined)?.stack ?? error}`);
      this.reply(request, failure(error));
    }
    publisher.status("idle", request.header);
    // Front ends show the last state that they heard, and a cell may be running all the while.
    if (executor.current) publisher.status("busy", executor.current.origin.parent);
    if (request.header.msg_type === "shutdown_request") this.parts.shutdown();
  }

  async #contentFor(request: Request): Promise<Content | undefined> {
    const { content, header } = request;
    const { comms, history, checker, kernelInfo, look, debug, publisher } = this.parts;
    switch (header.msg_type) {
      case "kernel_info_request":
        return kernelInfo;
      case "is_complete_request":
        return isCompleteReply(await checker(), content);
      case "complete_request":
        await this.#afterShortCells();
        return completeReply(await checker(), content, look);
      case "inspect_request":
        await this.#afterShortCells();
        return inspectReply(await checker(), content, look);
      case "history_request":
        await this.#afterShortCells();
        return { status: "ok", history: history.answer(content) };
      case "comm_info_request":
        await this.#afterShortCells();
        return { status: "ok", comms: comms.open(content.target_name) };
      case "comm_open":
      case "comm_msg":
      case "comm_close":
        comms.receive(request);
        return undefined;
      case "interrupt_request":
        await this.parts.interrupt();
        return { status: "ok" };
      case "shutdown_request": {
        const answer = { status: "ok", restart: content.restart === true };
        publisher.publish("shutdown_reply", answer, { parent: header });
        return answer;
      }
      case "debug_request":
        return debug(content);
      default:
        log(
          `a message must have a type that the kernel knows, but got ${JSON.stringify(header.msg_type)}; not answered.`,
        );
        return undefined;
    }
  }

  /** What the cells just before declare counts, but a long one must not hold up the answer. */
  async #afterShortCells(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>(resolve => {
      timer = setTimeout(resolve, patience);
    });
    await Promise.race([this.parts.executor.settled(), enough]);
    clearTimeout(timer);
  }
}

function failure(error: unknown): Content {
  const { name = "Error", message = String(error) } = (error ?? {}) as Partial<Error>;
  return { status: "error", ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}
