import type { ISessionContext } from "@jupyterlab/apputils";
import type { Kernel } from "@jupyterlab/services";
import { Signal } from "@lumino/signaling";
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
    if (!isOver(session)) await restart();
    // It may die of the restart.
    if (isOver(session)) await session.changeKernel({ name: session.prevKernelName });
    withdraw(KIND);
  };
}

/** Whether the kernel said goodbye, as it does too when its server ends. */
export function isOver({ session }: ISessionContext): boolean {
  const kernel = session?.kernel;
  return Boolean(kernel && (kernel.status === "dead" || kernel.isDisposed));
}

/** Whether the kernel is dead, as its server says, which is there. */
export function isDead({ session }: ISessionContext): boolean {
  const kernel = session?.kernel;
  return Boolean(kernel && dead.has(kernel));
}

/** The server knows the kernel, which is over: it does not start again by itself. */
export function noteDead(session: ISessionContext): void {
  const kernel = session.session?.kernel;
  if (!kernel) return;
  dead.add(kernel);
  died.emit();
  tellDead(session);
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

/** A kernel is known to be dead. */
export const died = new Signal<object, void>({});

const dead = new WeakSet<Kernel.IKernelConnection>();

const KIND = "kernel";
