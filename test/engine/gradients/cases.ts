import type { Case } from "./cases/case.ts";
import { elementwiseCases } from "./cases/elementwise.ts";
import { expressionCases } from "./cases/expressions.ts";
import { imageCases } from "./cases/images.ts";
import { productCases } from "./cases/products.ts";
import { reductionCases } from "./cases/reductions.ts";
import { shapeCases } from "./cases/shapes.ts";

export const cases: Case[] = [
  ...elementwiseCases,
  ...reductionCases,
  ...productCases,
  ...shapeCases,
  ...imageCases,
  ...expressionCases,
];
