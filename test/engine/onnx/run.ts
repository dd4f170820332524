import { liveValues, loadRuntime, nameOf, type Slot, type Value, writeModel } from "../../../src/engine/onnx/index.ts";

const runtime = loadRuntime();

/** What onnxruntime makes of a graph, from the data of its inputs; results in float32. */
export function run(outputs: Value[], given: [Value, Slot["data"]][]): Float32Array[] {
  if (typeof runtime === "string") throw new Error(runtime);
  const model = writeModel(liveValues(outputs), outputs);
  const session = runtime.load(model, { threads: 1 });
  const slot = ({ dtype, shape }: Value, data: Slot["data"]): Slot => ({ dtype, shape, data });
  const results = outputs.map(({ shape }) => new Float32Array(shape.reduce((a, b) => a * b, 1)));
  const used = given.filter(([value]) => model.inputs.includes(value));
  session.run(
    runtime.bind(used.map(([value, data]) => [nameOf(value), slot(value, data)])),
    runtime.bind(outputs.map((value, i) => [model.outputs[i] as string, slot(value, results[i] as Float32Array)])),
  );
  session.dispose();
  return results;
}
