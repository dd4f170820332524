import { logSumExp } from "../../exact/logSumExp.ts";
import { type Density, densityText, everyPart, type Expression } from "../language/expression.ts";
import type { DerivationCase } from "./case.ts";
import { checkCase, checked, checkRule, type Given, readGiven } from "./given.ts";
import { type Model, type Places, placeKey, type Rule } from "./model.ts";

/** Where a density comes from: the model, what the case says of the posterior, or sums over the joint density. */
const SOURCES = ["model", "posterior", "joint"] as const;
type Source = (typeof SOURCES)[number];

/** How the logarithm of a density is found, and from where. */
interface Found {
  log: (places: Places) => number;
  source: Source;
}

/**
 * A case as a model: what it does not say of its densities follows from what it says.
 *
 * @throws RangeError where the case is contradictory, or does not say what is asked
 */
export class CaseModel implements Model {
  readonly fixed: Places;
  /** The densities that make the model, and with them those of the posterior. */
  private readonly factors: readonly Given[];
  private readonly given: readonly Given[];
  private readonly found = new Map<string, Found>();

  constructor(
    readonly name: string,
    readonly example: DerivationCase,
  ) {
    checkCase(name, example);
    const { variables, logDensities, posterior } = example;
    const fixed = Object.entries(variables).flatMap(([variable, value]): [string, number][] => {
      if (typeof value === "number") return [[variable, value]];
      return "at" in value ? [[variable, value.at]] : [];
    });
    this.fixed = Object.fromEntries(fixed);
    for (const variable of Object.keys(variables))
      if (this.ranges(variable)) checkRule(name, variable, this.rule(variable));
    const [factors, others] = [logDensities, posterior?.logDensities ?? {}].map(each =>
      Object.entries(each).map(([text, log]) => readGiven(name, text, log)),
    ) as [Given[], Given[]];
    this.factors = factors;
    this.given = [...factors, ...others];
    for (const [variable, rule] of Object.entries(posterior?.variables ?? {})) this.checkOther(variable, rule);
  }

  /** The densities that the case names. */
  get densities(): readonly Density[] {
    return this.given.map(({ density }) => density);
  }

  ranges(variable: string): boolean {
    return typeof this.example.variables[variable] === "object";
  }

  rule(variable: string): Rule {
    const rule = this.example.variables[variable];
    if (typeof rule === "object") return rule;
    throw new RangeError(
      `derive: case "${this.name}" must say where ${variable} may be, but got ${rule ?? "nothing"}; give it a rule in its variables, as trapezoid(-8, 8, 801).`,
    );
  }

  logDensity(density: Density, places: Places): number {
    return this.find(density).log(places);
  }

  valueOf(name: string, of: readonly string[], places: Places): number {
    const text = `${name}(${of.join(",")})`;
    const { functions = {} } = this.example;
    const key = Object.keys(functions).find(each => each.replace(/\s/g, "") === text);
    const value = key === undefined ? undefined : functions[key]?.(...this.at(text, of, places));
    if (value !== undefined && !Number.isNaN(value)) return value;
    throw new RangeError(
      `derive: case "${this.name}" must say what ${text} is, but got ${value}; add it to its functions.`,
    );
  }

  /** The densities of an expression that come from there: from "joint", the sums are those of the lines themselves. */
  densitiesFrom(source: Source, expression: Expression): string[] {
    const densities = everyPart(expression).filter(part => part.kind === "density");
    return [...new Set(densities.filter(density => this.find(density).source === source).map(densityText))].sort();
  }

  private find(density: Density): Found {
    const found = this.search(density, new Set());
    if (found) return found;
    const others = this.given.map(({ density }) => densityText(density)).join(", ") || "none";
    throw new RangeError(
      `derive: case "${this.name}" must say what ${densityText(density)} is, but got ${others}; add it to its logDensities.`,
    );
  }

  /** What is found once is kept, with its values: a marginal density is one sum for each place. */
  private search(density: Density, trail: ReadonlySet<string>): Found | undefined {
    const text = densityText(density);
    const known = this.found.get(text);
    if (known || trail.has(text)) return known;
    const found = this.searchAnew(density, new Set([...trail, text]));
    if (found === undefined) return undefined;
    const values = new Map<string, number>();
    const variables = [...density.of, ...density.given];
    const log = (places: Places) => {
      const key = placeKey(variables, places);
      const value = values.get(key) ?? checked(this.name, text, found.log(places));
      values.set(key, value);
      return value;
    };
    this.found.set(text, { ...found, log });
    return { ...found, log };
  }

  /** As it is given; else a quotient, a product or an integral of what is. */
  private searchAnew(density: Density, trail: ReadonlySet<string>): Found | undefined {
    const text = densityText(density);
    const given = this.given.find(other => densityText(other.density) === text);
    if (given) return this.asGiven(given);
    const { letter, of, given: conditions } = density;
    if (conditions.length > 0) {
      const joint = this.search({ ...density, of: [...of, ...conditions], given: [] }, trail);
      const marginal = this.search({ ...density, of: conditions, given: [] }, trail);
      return joint && marginal && both(joint, marginal, (a, b) => (a === -Infinity ? a : a - b));
    }
    const factors = this.factors.filter(({ density: other }) => {
      const all = [...other.of, ...other.given];
      return (
        other.letter === letter &&
        other.given.length > 0 &&
        all.length === of.length &&
        of.every(name => all.includes(name))
      );
    });
    for (const factor of factors) {
      const rest = this.search({ ...density, of: factor.density.given }, trail);
      // What cannot be has no conditional density worth asking for.
      if (rest) return both(rest, this.asGiven(factor), (a, b) => (a === -Infinity ? a : a + b));
    }
    return this.integrated(density, trail);
  }

  private integrated(density: Density, trail: ReadonlySet<string>): Found | undefined {
    const { letter, of } = density;
    const others = this.given
      .filter(({ density: other }) => other.letter === letter)
      .flatMap(({ density: { of, given } }) => [...of, ...given]);
    for (const variable of new Set(others)) {
      if (of.includes(variable)) continue;
      const other = this.example.posterior?.variables?.[variable];
      const rule = other ?? (this.ranges(variable) ? this.rule(variable) : undefined);
      const joint = rule && this.search({ ...density, of: [...of, variable] }, trail);
      if (joint)
        return {
          log: places => logIntegral(rule, point => joint.log({ ...places, [variable]: point })),
          source: further(joint.source, other ? "posterior" : "joint"),
        };
    }
    return undefined;
  }

  private asGiven(given: Given): Found {
    const { density, log } = given;
    const variables = [...density.of, ...density.given];
    const text = densityText(density);
    return {
      log: places => checked(this.name, text, log(...this.at(text, variables, places))),
      source: this.factors.includes(given) ? "model" : "posterior",
    };
  }

  private at(text: string, variables: readonly string[], places: Places): number[] {
    return variables.map(variable => {
      const place = places[variable];
      if (place !== undefined) return place;
      throw new RangeError(
        `derive: case "${this.name}" must say where ${variable} of ${text} is, but got nothing; add it to its variables.`,
      );
    });
  }

  private checkOther(variable: string, rule: Rule): void {
    checkRule(this.name, variable, rule);
    const own = this.ranges(variable) ? this.rule(variable) : undefined;
    if (own?.points.length !== rule.points.length || own.points.some((point, i) => point !== rule.points[i])) return;
    throw new RangeError(
      `derive: case "${this.name}" must take its posterior from another rule than that of the lines, but got the same ${rule.points.length} points of ${variable}; take a finer one, or leave the posterior out.`,
    );
  }
}

function further(a: Source, b: Source): Source {
  return SOURCES[Math.max(SOURCES.indexOf(a), SOURCES.indexOf(b))] as Source;
}

function both(a: Found, b: Found, combine: (a: number, b: number) => number): Found {
  return { log: places => combine(a.log(places), b.log(places)), source: further(a.source, b.source) };
}

function logIntegral({ points, logWeights }: Rule, log: (point: number) => number): number {
  return logSumExp(points.map((point, i) => log(point) + (logWeights?.[i] ?? 0)));
}
