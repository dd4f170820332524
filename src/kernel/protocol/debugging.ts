import type { DebugAdapter } from "../debugger/adapter.ts";
import type { MainThread } from "./mainThread.ts";
import type { Content } from "./message.ts";
import type { Publisher } from "./publisher.ts";
import type { SharedState } from "./sharedState.ts";

/** Carries the debugger's messages; it is loaded with the first of them. */
export class Debugging {
  #adapter: Promise<DebugAdapter> | undefined;
  #loaded: DebugAdapter | undefined;

  constructor(
    readonly main: MainThread,
    readonly publisher: Publisher,
    readonly shared: SharedState,
  ) {}

  async receive(request: Content): Promise<Content> {
    this.#adapter ??= this.#load();
    const adapter = await this.#adapter;
    return { ...(await adapter.receive(request)) };
  }

  /** See `DebugAdapter`. */
  ignore(): void {
    this.#loaded?.ignore();
  }

  heed(): void {
    this.#loaded?.heed();
  }

  close(): void {
    this.#loaded?.close();
  }

  async #load(): Promise<DebugAdapter> {
    const { DebugAdapter } = await import("../debugger/adapter.ts");
    // What it asks is there when cells can run.
    await this.main.ready;
    this.#loaded = new DebugAdapter(
      event => this.publisher.publish("debug_event", { ...event }),
      () => this.shared.release("script"),
    );
    return this.#loaded;
  }
}
