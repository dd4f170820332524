import { cpus } from "node:os";
import { setTimeout } from "node:timers/promises";

/** A share of one core: above it, others slow down what is measured. */
export const NOISY = 0.06;

/** Processor seconds that all processes of the machine have used. */
export function busySeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000;
}

/** Waits until other processes use less than `NOISY` of a core, but at most so many seconds. */
export async function untilQuiet(patience: number): Promise<void> {
  for (let left = patience; left > 0; left -= SAMPLE) {
    const from = { busy: busySeconds(), own: ownSeconds() };
    await setTimeout(1000 * SAMPLE);
    const share = (busySeconds() - from.busy - (ownSeconds() - from.own)) / SAMPLE;
    if (share < NOISY) return;
  }
}

export const ownSeconds = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;

const SAMPLE = 0.3;
