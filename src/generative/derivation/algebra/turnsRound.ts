import { type Density, densityText, everyPart, type Expression } from "../language/expression.ts";

/**
 * Whether a step by the product rule is one that is called Bayes' rule.
 *
 * p(z|x) = p(x|z) p(z) / p(x) is, and so is p(z|x) = p(x, z) / p(x), solved for whatever is wanted; to write a joint
 * density as a product, or a product as the joint density, is not.
 */
export function turnsRound(left: Expression, right: Expression): boolean {
  const [before, after] = [densitiesOf(left), densitiesOf(right)];
  const [gone, come] = [without(before, after), without(after, before)];
  return !isFactoring(gone, come) && !isFactoring(come, gone);
}

function isFactoring(joint: ReadonlyMap<string, Density>, factors: ReadonlyMap<string, Density>): boolean {
  const [only] = joint.values();
  return joint.size === 1 && factors.size >= 2 && (only?.of.length ?? 0) >= 2;
}

function densitiesOf(expression: Expression): ReadonlyMap<string, Density> {
  const densities = everyPart(expression).filter(part => part.kind === "density");
  return new Map(densities.map(density => [densityText(density), density]));
}

function without(
  some: ReadonlyMap<string, Density>,
  others: ReadonlyMap<string, Density>,
): ReadonlyMap<string, Density> {
  return new Map([...some].filter(([text]) => !others.has(text)));
}
