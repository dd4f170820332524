import * as tf from "@tensorflow/tfjs";
import { entriesOf, type Value } from "../onnx/index.ts";
import { here, placeIn, TraceError } from "./errors.ts";

/** What stands for a tensor's data while it is traced: the value in the graph, and how many tensors share it. */
export class SymbolicData {
  references = 1;

  constructor(readonly value: Value) {}

  /** Throws where the values are not known before the step runs; `method` is what asked for them. */
  assertReadable(method: string): void {
    const { operator, kernel, shape } = this.value;
    if (operator === "Constant") return;
    const what = kernel === undefined ? "an input" : `the result of ${kernel}`;
    throw new TraceError(
      `compile: a compiled step must not read the values of tensors, but got ${method} of ${what}, shape [${shape}]${placeIn(here(), ",")}; return the tensor and read it outside`,
    );
  }
}

/**
 * A tfjs backend that computes nothing: its tensors are values of a graph.
 *
 * tfjs counts references through it, and asks it to take in the constants that a step makes.
 */
export class SymbolicBackend extends tf.KernelBackend {
  private count = 0;

  /** Writes a constant of the step into the graph; set by the trace in progress. */
  constant: (values: tf.BackendValues, shape: readonly number[], dtype: tf.DataType) => Value = () => {
    throw new Error("SymbolicBackend: a trace must be in progress, but got none; use compile.");
  };

  make(value: Value): SymbolicData {
    this.count++;
    return new SymbolicData(value);
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): SymbolicData {
    return this.make(this.constant(values, shape, dtype));
  }

  override readSync(data: SymbolicData): tf.BackendValues {
    data.assertReadable("dataSync");
    return entriesOf(data.value) as tf.BackendValues;
  }

  override async read(data: SymbolicData): Promise<tf.BackendValues> {
    return this.readSync(data);
  }

  override refCount(data: SymbolicData): number {
    return data.references;
  }

  override incRef(data: SymbolicData): void {
    data.references++;
  }

  override disposeData(data: SymbolicData, force = false): boolean {
    // Variables that a step creates outlive it, and are asked about after their data became real.
    if (!(data instanceof SymbolicData)) return false;
    data.references--;
    if (data.references > 0 && !force) return false;
    this.count--;
    return true;
  }

  override numDataIds(): number {
    return this.count;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override dispose(): void {}
}
