import { newMessage } from "../../kernel/protocol/message.ts";
import { crashError, deadError } from "../../kernel/process/endings.ts";
import type { CellError } from "../../kernel/index.ts";
import { fromMessage } from "../channels/compose.ts";
import type { ChannelMessage } from "../channels/message.ts";
import type { Run } from "./run.ts";

/** What the page hears in place of a kernel that died while it ran this cell. */
export function died(run: Run, how: string, lastWords: string): ChannelMessage[] {
  return failed(run, crashError(how, lastWords, 0), "error");
}

/** What the page hears of a cell that the kernel never came to. */
export function aborted(run: Run, why: string): ChannelMessage[] {
  return failed(run, deadError(`did not run this cell, because ${why}`, 0), "aborted");
}

/** Why a kernel is dead, in one line. */
export function reasonOf(how: string, lastWords: string): string {
  const words = lastWords.trim().slice(-1000);
  return `the kernel ${how}${words === "" ? "" : `; it said: ${words}`}`;
}

function failed(
  { header }: Run,
  { name, message, traceback }: CellError,
  status: "error" | "aborted",
): ChannelMessage[] {
  const parent = header;
  const error = { ename: name, evalue: message, traceback };
  const reply = { status, execution_count: null, user_expressions: {}, payload: [], ...error };
  const shown = status === "error" ? [fromMessage("iopub", newMessage("error", error, { parent }))] : [];
  return [
    ...shown,
    fromMessage("shell", newMessage("execute_reply", reply, { parent })),
    fromMessage("iopub", newMessage("status", { execution_state: "idle" }, { parent })),
  ];
}
