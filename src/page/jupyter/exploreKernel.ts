import type { Kernel } from "@jupyterlab/services";
import { FigureProblem, type RecordedFigure } from "../../explore/index.ts";

/** A figure that a kernel computes on demand. */
export interface AskedKernel {
  /** Rejects with a `FigureProblem` for what the figure's function throws, and with another error without a kernel. */
  figure(at: number[]): Promise<RecordedFigure>;
  close(): void;
}

interface Answer {
  ready?: true;
  ask?: number;
  figure?: RecordedFigure;
  problem?: string;
}

/** The kernel, which may first have to finish what it does, and closes on a figure that it did not show itself. */
export function askKernel(kernel: Kernel.IKernelConnection, id: string): AskedKernel | undefined {
  if (!kernel.handleComms || kernel.status === "dead") return undefined;
  const comm = kernel.createComm("lectern.explore");
  const waiting = new Map<number, { resolve(figure: RecordedFigure): void; reject(error: Error): void }>();
  let asked = 0;
  let ended = false;
  const watch = (_: unknown, status: string) => {
    if (/restarting|dead|terminating/.test(status)) end();
  };
  const end = () => {
    ended = true;
    kernel.statusChanged.disconnect(watch);
    for (const { reject } of waiting.values()) reject(new Error("explore: the kernel has ended."));
    waiting.clear();
  };
  comm.onClose = end;
  kernel.statusChanged.connect(watch);
  comm.onMsg = ({ content }) => {
    const { ask, figure, problem } = content.data as unknown as Answer;
    const asker = waiting.get(ask ?? 0);
    waiting.delete(ask ?? 0);
    if (figure) asker?.resolve(figure);
    else asker?.reject(new FigureProblem(problem ?? "explore: the kernel gave no figure."));
  };
  comm.open({ id });
  return {
    figure: at =>
      new Promise((resolve, reject) => {
        if (ended) {
          reject(new Error("explore: the kernel has ended."));
          return;
        }
        waiting.set(++asked, { resolve, reject });
        comm.send({ ask: asked, at });
      }),
    close: () => {
      if (!ended && !comm.isDisposed) comm.close();
      end();
    },
  };
}
