import type { ISessionContext } from "@jupyterlab/apputils";
import { notify, withdraw } from "../notices.ts";
import type { Lecture } from "./lecture.ts";

/**
 * Tells of a kernel that died for good, as one that died again and again, and lets it be restarted as any other, by one
 * in its place: Jupyter refuses to.
 */
export function replaceDeadKernel(lecture: Lecture): void {
  const { session } = lecture;
  const restart = session.restartKernel.bind(session);
  session.restartKernel = async () => {
    if (!isDead(session)) await restart();
    // It may die of the restart.
    if (isDead(session)) await session.changeKernel({ name: session.prevKernelName });
    withdraw(KIND);
  };
  session.statusChanged.connect((_, status) => {
    if (status === "dead") tellDead(session);
  });
}

/** Whether the kernel has ended, and is not about to start again by itself. */
export function isDead({ session }: ISessionContext): boolean {
  const kernel = session?.kernel;
  return Boolean(kernel && (kernel.status === "dead" || kernel.isDisposed));
}

/** Says that nothing can run, and offers what helps. */
export function tellDead(session: ISessionContext): void {
  notify({
    kind: KIND,
    stays: true,
    text: "The kernel has ended and does not start again by itself: nothing can run. All that is written stays.",
    actions: [{ label: "Start a new kernel", run: () => session.restartKernel() }],
  });
}

const KIND = "kernel";
