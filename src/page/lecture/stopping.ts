import type { ISessionContext } from "@jupyterlab/apputils";
import { notify } from "../notices.ts";
import { isOver, tellDead } from "./deadKernel.ts";

/** Stops what runs; where there is nothing to stop, says why, and what starts a kernel again. */
export async function stopRunning(session: ISessionContext): Promise<void> {
  const kernel = session.session?.kernel;
  if (isOver(session)) return tellDead(session);
  if (!kernel) {
    notify({
      kind: "stop",
      text: "Nothing runs: the kernel has ended.",
      actions: [{ label: "Start a new one", run: () => session.restartKernel() }],
    });
    return;
  }
  if (kernel.status === "idle") return notify({ kind: "stop", text: "Nothing runs." });
  await kernel.interrupt();
}
