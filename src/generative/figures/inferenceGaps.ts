import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords, rounded } from "./numbers.ts";
import { axis, colour, layout } from "./theme.ts";

export interface InferenceGaps {
  /** For each family of q: what the family costs, and what one network for all x costs on top. In nats. */
  families: readonly { name: string; approximation: number; amortisation: number }[];
  title?: string;
}

/**
 * The distance from log p(x) to the ELBO in two parts, a bar for each family.
 *
 * Approximation gap: to the best member of the family for each x. Amortisation gap: from there to what the network
 * gives. Cremer, Li & Duvenaud, Inference Suboptimality in Variational Autoencoders, 2018.
 */
export function inferenceGaps({ families, title = "Where the bound is lost" }: InferenceGaps): Figure {
  const approximation = families.map(family => family.approximation);
  const amortisation = families.map(family => family.amortisation);
  assertColumns("inferenceGaps", { approximation, amortisation });
  const bar = (name: string, values: number[], index: number) => ({
    type: "bar",
    name,
    x: families.map((_, place) => place),
    y: rounded(values),
    marker: { color: colour(index) },
  });
  return figure({
    data: [bar("approximation gap", approximation, 0), bar("amortisation gap", amortisation, 1)],
    layout: layout(title, {
      barmode: "stack",
      xaxis: axis("family of q", {
        tickmode: "array",
        tickvals: families.map((_, place) => place),
        ticktext: families.map(({ name }) => name),
      }),
      yaxis: axis("nats below log p(x)"),
    }),
    alt: `In nats below log p(x), ${families
      .map(
        f =>
          `${f.name}: ${inWords(f.approximation, 3)} by approximation and ${inWords(f.amortisation, 3)} by amortisation`,
      )
      .join("; ")}.`,
  });
}
