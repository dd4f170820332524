import type { MimeData, Output } from "../../notebook/types.ts";
import type { KernelOutput } from "../result.ts";

type Shown = { output: Output & { data: MimeData; metadata: Record<string, unknown> }; displayId: string };

/**
 * The outputs of a cell as a notebook holds them: text of one stream joined, updates and clears applied.
 */
export class OutputList {
  readonly outputs: Output[] = [];
  readonly #shown: Shown[] = [];
  #clearNext = false;

  /** Takes in one message; says whether it changed anything here (an update may be for another cell). */
  add(message: KernelOutput): boolean {
    if (message.kind === "update") return this.#update(message.displayId, message.data, message.metadata);
    if (message.kind === "clear") {
      if (message.wait) this.#clearNext = true;
      else this.#clear();
      return true;
    }
    if (this.#clearNext) this.#clear();
    this.#append(message.output, message.displayId);
    return true;
  }

  #append(output: Output, displayId: string | undefined): void {
    const last = this.outputs.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      last.text += output.text;
      return;
    }
    const own = { ...output };
    this.outputs.push(own);
    if (displayId !== undefined && "data" in own) this.#shown.push({ output: own, displayId });
  }

  #update(displayId: string, data: MimeData, metadata: Record<string, unknown>): boolean {
    const found = this.#shown.filter(each => each.displayId === displayId);
    for (const { output } of found) Object.assign(output, { data, metadata });
    return found.length > 0;
  }

  #clear(): void {
    this.#clearNext = false;
    this.outputs.length = 0;
    this.#shown.length = 0;
  }
}
