/**
 * Tensors: which tfjs backend runs, seeded randomness, and compiled steps.
 *
 * How a step becomes a graph. `compile` runs the step twice on a tfjs backend that computes nothing (`trace/`): each
 * of its kernels appends nodes to a graph and says what shape they have. tfjs's own operations, derivatives and
 * optimizers run on top of it unchanged, so the graph holds the forward pass, the gradients and the update. During
 * the trace every variable stands for a symbol; what it stands for at the end is its new value. Arguments, random
 * draws and the learning rate become inputs; a number that differs between the two traces would be frozen by
 * mistake, and stops the compilation. Later calls are traced again now and then, for what changes late (`watch.ts`).
 *
 * The graph is simplified while it is written down, and run by onnxruntime-node (`onnx/`). The update of all parameters
 * is taken out of it and runs as one loop in WebAssembly (`update/`). `program.ts` owns the memory that they share, and
 * moves values between it and the variables. Eager tfjs stays the reference: what cannot be traced runs there.
 *
 * To teach it a kernel, copy an entry in `trace/kernels/`: a few lines from the values of its inputs to that of its
 * output. tfjs often computes the gradient of a kernel by a kernel of its own (LRN and LRNGrad), which then needs an
 * entry, too. Each needs a case in `test/engine/trace/cases/`, which compares it with tfjs on drawn shapes. Then
 * `npm run build`, and `npx vitest run --config test/vitest.config.ts test/engine/trace/kernels.test.ts`.
 */
export { type Backend, chooseBackend } from "./backend.ts";
export { assertRandom, assertTensor } from "./check.ts";
export { type Compiled, type CompileOptions, compile, inLoop } from "./compile.ts";
export { layersDrawFrom } from "./layers.ts";
export { repairGradients } from "./gradients/repair.ts";
export { Random } from "./random.ts";
export { viewOf, viewsOf } from "./view.ts";
export { inWords } from "./words.ts";
export { checkAtEveryCall, isTracing, setLearningRate, TraceError } from "./trace/index.ts";
