import { densities } from "./calls/densities.ts";
import { distributions } from "./calls/distributions.ts";
import { estimates } from "./calls/estimates.ts";
import { flowParts } from "./calls/flowParts.ts";
import { flows } from "./calls/flows.ts";
import { inference } from "./calls/inference.ts";
import { information } from "./calls/information.ts";
import { matrices } from "./calls/matrices.ts";
import { objectives } from "./calls/objectives.ts";
import { pairs } from "./calls/pairs.ts";
import { Calls, type Checkout } from "./calls.ts";

/** The calls of each part of the walk. A part is timed in a process of its own, so that the others leave nothing in it. */
export const parts: Readonly<Record<string, (calls: Calls, checkout: Checkout) => void>> = {
  information,
  densities,
  inference,
  matrices,
  distributions,
  pairs,
  flows,
  flowParts,
  estimates,
  objectives,
};

export function callsOf(part: string, checkout: Checkout): Calls {
  const calls = new Calls();
  parts[part]?.(calls, checkout);
  return calls;
}
