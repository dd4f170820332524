import { type Density, densityText, type Expression, freeVariables } from "../language/expression.ts";
import { type Model, type Places, placeKey } from "./model.ts";

/**
 * The number of an expression in a model, at a place for each of its free variables.
 *
 * Every value is held as a sign and a logarithm, so that a quotient of two densities far out in their tails is as
 * good as one in the middle. What a density rules out counts nothing in an expectation under it.
 *
 * @throws RangeError where a density of an expectation does not integrate to 1 over the rule, to 1e-6
 */
export class Evaluator {
  /** Integrals and expectations, by the places of their free variables. */
  private readonly known = new Map<Expression, Map<string, Signed>>();

  constructor(readonly model: Model) {}

  value(expression: Expression, places: Places): number {
    return numberOf(this.signed(expression, { ...this.model.fixed, ...places }));
  }

  private signed(expression: Expression, places: Places): Signed {
    switch (expression.kind) {
      case "number":
        return signedOf(expression.value);
      case "variable":
        return signedOf(this.variable(expression.name, places));
      case "density":
        return positive(this.model.logDensity(expression, places));
      case "function":
        return signedOf(this.model.valueOf(expression.name, expression.of, places));
      case "sum":
        return sum(expression.terms.map(term => this.signed(term, places)));
      case "product":
        return expression.factors.map(factor => this.signed(factor, places)).reduce(product);
      case "quotient":
        return product(this.signed(expression.above, places), inverse(this.signed(expression.below, places)));
      case "power":
        return power(this.signed(expression.base, places), expression.exponent);
      case "logarithm":
        return signedOf(logarithm(this.signed(expression.of, places)));
      case "exponential":
        return positive(numberOf(this.signed(expression.of, places)));
      default:
        return this.remembered(expression, places);
    }
  }

  private remembered(expression: Expression, places: Places): Signed {
    const values = this.known.get(expression) ?? new Map<string, Signed>();
    this.known.set(expression, values);
    const key = placeKey(freeVariables(expression), places);
    const known = values.get(key);
    if (known) return known;
    const value = this.gathered(expression, places);
    values.set(key, value);
    return value;
  }

  private gathered(expression: Expression, places: Places): Signed {
    switch (expression.kind) {
      case "defined":
        return this.signed(expression.body, places);
      case "integral":
        return this.integral(expression.over, places, at => this.signed(expression.body, at));
      case "expectation":
        return this.average(expression.under, places, at => this.signed(expression.body, at));
      case "divergence": {
        const { of, from } = expression;
        const ratio = (at: Places) => this.model.logDensity(of, at) - this.model.logDensity(from, at);
        return this.average(of, places, at => signedOf(ratio(at)));
      }
      case "entropy":
        return this.average(expression.of, places, at => signedOf(-this.model.logDensity(expression.of, at)));
      default:
        throw new Error(
          `derive: every expression must have a number, but got "${expression.kind}"; this is a fault of derive.`,
        );
    }
  }

  private average(under: Density, places: Places, body: (at: Places) => Signed): Signed {
    const weight = (at: Places) => positive(this.model.logDensity(under, at));
    const mass = numberOf(this.integral(under.of, places, weight));
    if (!(Math.abs(mass - 1) < 1e-6)) {
      throw new RangeError(
        `derive: ${densityText(under)} must integrate to 1, but got ${Number(mass.toPrecision(6))}; normalise it, or take a wider or finer rule.`,
      );
    }
    return this.integral(under.of, places, at => {
      const weighted = weight(at);
      return weighted.sign === 0 ? ZERO : product(weighted, body(at));
    });
  }

  private integral(over: readonly string[], places: Places, body: (at: Places) => Signed): Signed {
    const [variable, ...others] = over;
    if (variable === undefined) return body(places);
    const { points, logWeights } = this.model.rule(variable);
    const terms = points.map((point, i) => {
      const inner = this.integral(others, { ...places, [variable]: point }, body);
      return product(positive(logWeights?.[i] ?? 0), inner);
    });
    return sum(terms);
  }

  private variable(name: string, places: Places): number {
    const place = places[name];
    if (place !== undefined) return place;
    throw new RangeError(`derive: ${name} must have a value, but got none; give it one in the variables of the case.`);
  }
}

/** sign · exp(log) */
interface Signed {
  sign: number;
  log: number;
}

const ZERO: Signed = { sign: 0, log: -Infinity };

function positive(log: number): Signed {
  return log === -Infinity ? ZERO : { sign: 1, log };
}

function signedOf(value: number): Signed {
  return value === 0 ? ZERO : { sign: Math.sign(value), log: Math.log(Math.abs(value)) };
}

function numberOf({ sign, log }: Signed): number {
  return sign === 0 ? 0 : sign * Math.exp(log);
}

function logarithm({ sign, log }: Signed): number {
  return sign < 0 ? Number.NaN : log;
}

/** 0 · ∞ is no number, and NaN stays. */
function product(a: Signed, b: Signed): Signed {
  const log = a.log + b.log;
  return { sign: Number.isNaN(log) ? Number.NaN : a.sign * b.sign, log };
}

function inverse({ sign, log }: Signed): Signed {
  return { sign: sign === 0 ? 1 : sign, log: -log };
}

/** To the power of 0 it is 1, as in algebra, whatever number it is. */
function power({ sign, log }: Signed, exponent: number): Signed {
  if (exponent === 0 && !Number.isNaN(sign)) return { sign: 1, log: 0 };
  if (sign >= 0) return sign === 0 && exponent > 0 ? ZERO : { sign: 1, log: log * exponent };
  if (!Number.isInteger(exponent)) return { sign: Number.NaN, log };
  return { sign: exponent % 2 === 0 ? 1 : -1, log: log * exponent };
}

function sum(terms: readonly Signed[]): Signed {
  const largest = terms.reduce((most, { log }) => Math.max(most, log), -Infinity);
  if (largest === -Infinity) return ZERO;
  if (largest === Infinity || Number.isNaN(largest))
    return signedOf(terms.reduce((total, term) => total + numberOf(term), 0));
  const total = terms.reduce((sum, { sign, log }) => sum + (sign === 0 ? 0 : sign * Math.exp(log - largest)), 0);
  return product(signedOf(total), { sign: 1, log: largest });
}
