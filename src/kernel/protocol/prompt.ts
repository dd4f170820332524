import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { currentListener } from "../output/capture.ts";
import { CellRun, Interrupted } from "../output/cellRun.ts";
import type { FromMain, InputReply } from "./exchange.ts";
import type { SharedState } from "./sharedState.ts";

let requests = 0;

/**
 * Puts `prompt(text)` on `globalThis`: asks the reader of the notebook for a line of text and waits
 * for it, as in a browser. A second argument is what an empty answer means, or `{ password: true }`,
 * which hides what is typed.
 */
export function installPrompt(shared: SharedState, replies: MessagePort, post: (message: FromMain) => void): void {
  const ask = (text: string, password: boolean): string => {
    const listener = currentListener();
    const run = listener instanceof CellRun ? listener.id : undefined;
    const id = ++requests;
    shared.arm("input");
    post({ type: "input", id, run, text, password });
    for (;;) {
      // Blocks this thread; the one that speaks to the client goes on.
      shared.block("input", 1000);
      const reply = take(replies, id);
      if (reply) return textOf(reply);
    }
  };
  const prompt = (text: unknown = "", second?: unknown): string => {
    const options: { password?: boolean } = typeof second === "object" && second !== null ? second : {};
    const answer = ask(String(text), options.password === true);
    return answer === "" && typeof second === "string" ? second : answer;
  };
  Object.defineProperty(globalThis, "prompt", { value: prompt, writable: true, configurable: true });
}

/** The reply to this request; one to an earlier request, which was interrupted, is dropped. */
function take(replies: MessagePort, id: number): InputReply | undefined {
  for (;;) {
    const received = receiveMessageOnPort(replies) as { message: InputReply } | undefined;
    if (!received || received.message.id === id) return received?.message;
  }
}

function textOf(reply: InputReply): string {
  if ("value" in reply) return reply.value;
  if ("interrupted" in reply) throw new Interrupted();
  throw new Error(
    "prompt: the client must be able to ask its reader, but it runs this cell without input (allow_stdin is false); give the value in the code instead.",
  );
}
