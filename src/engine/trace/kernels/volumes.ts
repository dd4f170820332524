import { transpose, type Value } from "../../onnx/index.ts";
import { TraceError } from "../errors.ts";
import { type Padding, windowsOf } from "../../gradients/windows.ts";
import { type Kernels, kernel } from "../kernel.ts";

/** Channels before the axes of space, as ONNX orders them, however many these are. */
export const channelsBeforeSpace = (x: Value): Value => {
  const rank = x.shape.length;
  return transpose(x, [0, rank - 1, ...[...x.shape.keys()].slice(1, -1)]);
};

/** Channels after the axes of space, as tfjs orders them. */
export const channelsAfterSpace = (x: Value): Value => transpose(x, [0, ...[...x.shape.keys()].slice(2), 1]);

export interface Laid {
  strides: number | number[];
  pad: Padding;
  dilations?: number | number[];
  dataFormat?: string;
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/** How ONNX says where windows lie, and the lengths of the result. */
export function laid(images: readonly number[], cells: readonly number[], attributes: Laid) {
  const { strides, pad, dilations = 1, dataFormat = "NHWC", dimRoundingMode } = attributes;
  if (!dataFormat.endsWith("C")) {
    throw new TraceError(`compile: images must have their channels last, but got ${dataFormat}`);
  }
  const rates = cells.map((_, axis) => (typeof dilations === "number" ? dilations : (dilations[axis] as number)));
  const reach = cells.map((length, axis) => (length - 1) * (rates[axis] as number) + 1);
  const windows = windowsOf(images, reach, strides, pad, dimRoundingMode);
  // What the last windows reach beyond the images: less than tfjs pads where the stride leaves rows out.
  const after = windows.out.map((out, axis) => {
    const end = (out - 1) * (windows.strides[axis] as number) + (reach[axis] as number);
    return Math.max(0, end - (images[axis + 1] as number) - (windows.before[axis] as number));
  });
  const attributesOfNode = {
    kernel_shape: cells,
    pads: [...windows.before, ...after],
    strides: windows.strides,
    dilations: rates,
  };
  return { out: windows.out, attributes: attributesOfNode };
}

/** Convolutions of volumes; their gradients are made of other kernels. */
export const volumes: Kernels = {
  Conv3D: kernel<"x" | "filter", Laid>(({ x, filter }, attributes) => {
    const { out, attributes: node } = laid(x.shape, filter.shape.slice(0, 3), attributes);
    const shape = [x.shape[0] as number, filter.shape[4] as number, ...out];
    const filters = transpose(filter, [4, 3, 0, 1, 2]);
    return channelsAfterSpace(x.graph.node("Conv", [channelsBeforeSpace(x), filters], shape, "float32", node));
  }),
};
