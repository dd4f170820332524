import type { Calls } from "./functions/call.ts";
import { elementwise } from "./functions/elementwise.ts";
import { images } from "./functions/images.ts";
import { indexing } from "./functions/indexing.ts";
import { products } from "./functions/products.ts";
import { reductions } from "./functions/reductions.ts";
import { shapes } from "./functions/shapes.ts";
import { windows } from "./functions/windows.ts";

/** How each kernel is called. */
export const functions: Calls = {
  ...reductions,
  ...elementwise,
  ...windows,
  ...images,
  ...products,
  ...shapes,
  ...indexing,
};
