import type * as tf from "@tensorflow/tfjs";

/** How uniform bits become float32 numbers; a `threshold` u is rounded down, so that u < p keeps its truth. */
export type DrawKind = "normal" | "uniform" | "threshold";

/** Stands in for a stream of random numbers while a step is traced: it notes what is drawn and draws nothing. */
export interface DrawRecorder<Stream extends object> {
  draw(stream: Stream, kind: DrawKind, shape: readonly number[]): tf.Tensor;
  /** A stream made from another: by `split`, or as its child of that index. */
  derive(stream: Stream, how: "split" | { child: number }): Stream;
  /** Draws that end in JavaScript cannot be done anew by a compiled step. */
  refuse(method: string): never;
}

let active: DrawRecorder<object> | undefined;

/** The recorder of the trace in progress. */
export function drawRecorder<Stream extends object>(): DrawRecorder<Stream> | undefined {
  return active as DrawRecorder<Stream> | undefined;
}

/** Lets `recorder` stand in for every stream while `body` runs. */
export function recordDraws<Stream extends object, Result>(recorder: DrawRecorder<Stream>, body: () => Result): Result {
  active = recorder as unknown as DrawRecorder<object>;
  try {
    return body();
  } finally {
    active = undefined;
  }
}
