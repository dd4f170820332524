import type { KernelCase } from "./cases/case.ts";
import { elementwiseCases } from "./cases/elementwise.ts";
import { imageCases } from "./cases/images.ts";
import { indexingCases } from "./cases/indexing.ts";
import { productCases } from "./cases/products.ts";
import { reductionCases } from "./cases/reductions.ts";
import { shapeCases } from "./cases/shapes.ts";
import { volumeCases } from "./cases/volumes.ts";

/** At least one case for every kernel that compiled steps know. */
export const kernelCases: KernelCase[] = [
  ...elementwiseCases,
  ...reductionCases,
  ...productCases,
  ...shapeCases,
  ...indexingCases,
  ...imageCases,
  ...volumeCases,
];
