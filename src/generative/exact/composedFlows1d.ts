import { type Between, insideNumber, toNumber } from "./between.ts";
import { assertMethods, point } from "./check.ts";
import type { Density1d } from "./densities1d.ts";
import type { FineFlow1d, Flow1d } from "./flow1d.ts";

/**
 * `z = f_k(… f_1(x))`, `log |dz/dx| = Σ_i log |df_i/df_i−1|`: a flow after a flow is a flow.
 *
 * What one flow of `flow1d.ts` leaves between two ends, the next takes up by its logarithms: a CDF flow and the inverse
 * of another invert wherever their log-CDFs are finite, to 1e-10 relative.
 */
export function composeFlows1d(...flows: readonly Flow1d[]): Flow1d {
  for (const flow of flows) assertFlow("composeFlows1d", "a flow", flow);
  return coarsened("composeFlows1d", new Composed(flows));
}

class Composed implements FineFlow1d {
  constructor(private readonly flows: readonly Flow1d[]) {}

  forward(x: number | Between): { z: number | Between; logDet: number } {
    let z = x;
    let logDet = 0;
    for (const flow of this.flows) {
      const after = forward(flow, z);
      z = after.z;
      logDet = outsideStays(logDet, after.logDet);
    }
    return { z, logDet };
  }

  inverse(z: number | Between): number | Between {
    return this.flows.reduceRight((value, flow) => inverse(flow, value), z);
  }
}

/** The flow from z to x. It inverts where the flow itself does. */
export function inverseFlow1d(flow: Flow1d): Flow1d {
  assertFlow("inverseFlow1d", "flow", flow);
  const fine = new Inverted(flow);
  return {
    forward: z => coarsely("inverseFlow1d", fine, z),
    inverse: x => flow.forward(point("inverseFlow1d", x)).z,
    fine,
  };
}

class Inverted implements FineFlow1d {
  constructor(private readonly flow: Flow1d) {}

  forward(z: number | Between): { z: number | Between; logDet: number } {
    const x = inverse(this.flow, z);
    return { z: x, logDet: -forward(this.flow, x).logDet };
  }

  inverse(x: number | Between): number | Between {
    return this.flow.fine?.place?.(x) ?? forward(this.flow, x).z;
  }
}

/**
 * `log p(x) = log p_z(f(x)) + log |df/dx|`, in nats: what a flow and a base density come to.
 *
 * A density only if f reaches all of where p_z lives: a sigmoid before N(0, 1) leaves out all but Φ(1) − Φ(0) = 0.3413
 * of it. A z that rounds to an end, as Φ(9) does, counts as inside of it.
 */
export function flowLogProb(flow: Flow1d, base: Pick<Density1d, "logProb">, x: number): number {
  assertFlow("flowLogProb", "flow", flow);
  if (typeof base?.logProb !== "function") assertMethods("flowLogProb", "base", base, ["logProb"]);
  const { z, logDet } = forward(flow, point("flowLogProb", x));
  return outsideStays(logDet, base.logProb(typeof z === "number" ? z : insideNumber(z)));
}

/** A sum of logarithms in which −∞ wins: where a flow or base has no density, no later stretch by ∞ brings one back. */
function outsideStays(logDet: number, more: number): number {
  const sum = logDet + more;
  return Number.isNaN(sum) && !Number.isNaN(logDet) && !Number.isNaN(more) ? -Infinity : sum;
}

function assertFlow(what: string, name: string, flow: Flow1d): void {
  if (typeof flow?.forward === "function" && typeof flow.inverse === "function") return;
  assertMethods(what, name, flow, ["forward", "inverse"]);
}

function forward(flow: Flow1d, x: number | Between): { z: number | Between; logDet: number } {
  const { fine } = flow;
  if (fine === undefined) return flow.forward(toNumber(x));
  return fine.isPlain && typeof x === "number" ? flow.forward(x) : fine.forward(x);
}

function inverse(flow: Flow1d, z: number | Between): number | Between {
  return flow.fine === undefined ? flow.inverse(toNumber(z)) : flow.fine.inverse(z);
}

function coarsened(what: string, fine: FineFlow1d): Flow1d {
  return {
    forward: x => coarsely(what, fine, x),
    inverse: z => toNumber(fine.inverse(point(what, z))),
    fine,
  };
}

function coarsely(what: string, fine: FineFlow1d, x: number): { z: number; logDet: number } {
  const { z, logDet } = fine.forward(point(what, x));
  return { z: toNumber(z), logDet };
}
