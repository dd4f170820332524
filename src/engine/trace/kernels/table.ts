import type { Kernels } from "../kernel.ts";
import { convolution } from "./convolution.ts";
import { creation } from "./creation.ts";
import { depthwise } from "./depthwise.ts";
import { elementwise } from "./elementwise.ts";
import { images } from "./images.ts";
import { indexing } from "./indexing.ts";
import { linearAlgebra } from "./linearAlgebra.ts";
import { normalization } from "./normalization.ts";
import { pooling } from "./pooling.ts";
import { reduction } from "./reduction.ts";
import { shape } from "./shape.ts";
import { volumes } from "./volumes.ts";

/** Every tfjs kernel that a compiled step may use, by its name in tfjs. */
export const kernels: Kernels = {
  ...elementwise,
  ...reduction,
  ...shape,
  ...linearAlgebra,
  ...convolution,
  ...depthwise,
  ...volumes,
  ...pooling,
  ...images,
  ...creation,
  ...indexing,
  ...normalization,
};
