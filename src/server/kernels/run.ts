import type { KernelOutput } from "../../kernel/index.ts";
import { OutputList } from "../../kernel/output/outputList.ts";
import type { Header } from "../../kernel/protocol/message.ts";
import type { RunModel } from "../../notebook/courseModels.ts";
import type { ErrorOutput, MimeData, Output, StreamOutput } from "../../notebook/index.ts";
import type { ChannelMessage } from "../channels/message.ts";

/** One request to execute, and what came of it. */
export class Run {
  readonly id: string;
  readonly cell: string | null;
  /** Of the request. */
  readonly header: Header;
  readonly code: string;
  state: RunModel["state"] = "queued";
  size = 0;
  #status: RunModel["status"] = null;
  #count: number | null = null;
  #started: string | null = null;
  #ended: string | null = null;
  #dropped = 0;
  #isIdle = false;
  readonly #list = new OutputList();

  constructor(request: ChannelMessage) {
    this.header = request.header;
    this.id = request.header.msg_id;
    this.code = String(request.content.code ?? "");
    const { cellId } = request.metadata;
    this.cell = typeof cellId === "string" ? cellId : null;
  }

  get model(): RunModel {
    return {
      msg_id: this.id,
      cell: this.cell,
      state: this.state,
      status: this.#status,
      execution_count: this.#count,
      started: this.#started,
      ended: this.#ended,
      outputs: this.#list.outputs,
      dropped: this.#dropped,
    };
  }

  /** A message of the kernel that answers the request; its output is kept where there is `room`. */
  receive(message: ChannelMessage, room: boolean): void {
    const { type, content } = message;
    if (type === "status") this.#progress(content.execution_state);
    else if (type === "execute_input") this.#count = numberOf(content.execution_count);
    else if (type === "execute_reply") {
      this.#status = content.status as RunModel["status"];
      this.#count = numberOf(content.execution_count) ?? this.#count;
      this.#endIfOver();
    } else this.#show(message, room);
  }

  #progress(state: unknown): void {
    if (state === "busy" && this.state === "queued") {
      this.state = "running";
      this.#started = new Date().toISOString();
    } else if (state === "idle") {
      this.#isIdle = true;
      this.#endIfOver();
    }
  }

  /** The reply and the last output come over two sockets, in either order. */
  #endIfOver(): void {
    if (!this.#isIdle || this.#status === null || this.state === "done") return;
    this.state = "done";
    this.#ended = new Date().toISOString();
  }

  #show(message: ChannelMessage, room: boolean): void {
    const output = outputOf(message);
    if (!output) return;
    // An update takes the place of what is there.
    if (!room && output.kind === "output") {
      this.#dropped++;
      return;
    }
    if (this.#list.add(output) && output.kind === "output") this.size += message.size;
    if (output.kind === "clear") this.size = 0;
  }
}

/** What the kernel's messages hold, according to their type. */
interface Fields extends Pick<StreamOutput, "name" | "text"> {
  data?: MimeData;
  metadata?: Record<string, unknown>;
  transient?: { display_id?: unknown };
  execution_count: number | null;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

/** What the message shows, as the cells' own engine says it; undefined where it shows nothing. */
function outputOf({ type, content }: ChannelMessage): KernelOutput | undefined {
  const { data = {}, metadata = {}, transient, execution_count, name, text } = content as unknown as Fields;
  const displayId = transient?.display_id;
  const id = typeof displayId === "string" ? { displayId } : {};
  const bundle = { data, metadata };
  const shown = (output: Output): KernelOutput => ({ cell: 0, kind: "output", output, ...id });
  switch (type) {
    case "stream":
      return shown({ output_type: "stream", name, text });
    case "display_data":
      return shown({ output_type: "display_data", ...bundle });
    case "execute_result":
      return shown({ output_type: "execute_result", ...bundle, execution_count });
    case "error": {
      const { ename, evalue, traceback } = content as unknown as ErrorOutput;
      return shown({ output_type: "error", ename, evalue, traceback });
    }
    case "update_display_data":
      return typeof displayId === "string" ? { cell: 0, kind: "update", displayId, ...bundle } : undefined;
    case "clear_output":
      return { cell: 0, kind: "clear", wait: content.wait === true };
    default:
      return undefined;
  }
}
