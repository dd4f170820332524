export { type Batch, Batches, type BatchOptions } from "./batches.ts";
export { type Binarisation, binarise, threshold } from "./binarise.ts";
export { formatIdx, type IdxArray, parseIdx } from "./idx.ts";
export { ImageSet } from "./imageSet.ts";
export { loadMnist, loadMnistSplit, type Mnist, type Split } from "./mnist.ts";
export { type DataRow, describeData, describeWeights } from "./provenance.ts";
export { sampleToy } from "./toys.ts";
