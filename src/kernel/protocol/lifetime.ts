import { isAlive } from "../process/isAlive.ts";

/** How often to look whether the client is still there, in milliseconds. */
const period = 500;

/**
 * Calls `gone` when the client that started this process has ended, as its `JPY_PARENT_PID` says.
 * Without that the kernel was started to outlive whoever started it.
 */
export function watchParent(gone: () => void): void {
  const parent = Number(process.env.JPY_PARENT_PID);
  if (!(parent > 1)) return;
  const first = process.ppid;
  const isGone = first === parent ? () => process.ppid !== first : () => !isAlive(parent);
  const timer = setInterval(() => {
    if (!isGone()) return;
    clearInterval(timer);
    gone();
  }, period);
}

/** Ends this process, whatever its main thread does. */
export function endAtOnce(): void {
  process.kill(process.pid, "SIGKILL");
}
