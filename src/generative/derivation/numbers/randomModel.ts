import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { mersenne } from "pure-rand/generator/mersenne";
import { logSumExp } from "../../exact/logSumExp.ts";
import { type Density, densityText, everyPart, type Expression } from "../language/expression.ts";
import { type Model, type Places, placeKey, type Rule } from "./model.ts";

/**
 * A model of three places for each variable, with everything else drawn at random: weights, densities, functions.
 *
 * A joint table for each letter gives all its densities, so that whatever is true of densities is true here, and an
 * accident of one model is not. Functions are positive, since a logarithm may be taken of them.
 */
export class RandomModel implements Model {
  readonly fixed: Places;
  private readonly rules = new Map<string, Rule>();
  private readonly scopes = new Map<string, readonly string[]>();
  private readonly drawn = new Map<string, number>();
  private readonly known = new Map<string, number>();
  private readonly generator: ReturnType<typeof mersenne>;

  /** @param expressions the lines whose densities, functions and variables it has */
  constructor(seed: number, expressions: readonly Expression[]) {
    this.generator = mersenne(seed);
    const parts = expressions.flatMap(everyPart);
    const densities = parts.flatMap(densitiesOf);
    for (const { letter, of, given } of densities) {
      const scope = new Set([...(this.scopes.get(letter) ?? []), ...of, ...given]);
      this.scopes.set(letter, [...scope].sort());
    }
    for (const [letter, scope] of this.scopes) checkScope(letter, scope);
    const places = [...densities.flatMap(({ of, given }) => [...of, ...given]), ...parts.flatMap(placesOf)];
    for (const variable of [...new Set(places)].sort()) {
      const three = [0, 1, 2];
      this.rules.set(variable, {
        points: three.map(place => place + 0.25 + this.uniform() / 2),
        logWeights: three.map(() => this.uniform() - 0.5),
      });
    }
    const constants = parts.flatMap(part => (part.kind === "variable" ? [part.name] : []));
    const fixed = [...new Set(constants)].filter(name => !this.rules.has(name)).sort();
    this.fixed = Object.fromEntries(fixed.map(name => [name, 0.5 + this.uniform()]));
  }

  rule(variable: string): Rule {
    const rule = this.rules.get(variable);
    if (rule) return rule;
    throw new RangeError(
      `derive: ${variable} must be a variable of a density, but got none of it; integrate over one that there is.`,
    );
  }

  logDensity(density: Density, places: Places): number {
    const all = this.logMarginal(density.letter, [...density.of, ...density.given], places);
    return density.given.length === 0 ? all : all - this.logMarginal(density.letter, density.given, places);
  }

  valueOf(name: string, of: readonly string[], places: Places): number {
    return Math.exp(this.draw(`${name}(${of.join()}): ${placeKey(of, places)}`));
  }

  private logMarginal(letter: string, variables: readonly string[], places: Places): number {
    const of = [...variables].sort();
    const key = `${densityText({ kind: "density", letter, of, given: [] })}: ${placeKey(of, places)}`;
    const value = this.known.get(key) ?? this.logMass(letter, of, places) - this.logMass(letter, [], {});
    this.known.set(key, value);
    return value;
  }

  /** The table, which is not normalised, integrated over all that has no place. */
  private logMass(letter: string, kept: readonly string[], places: Places): number {
    const scope = this.scopes.get(letter) ?? [];
    const [variable] = scope.filter(name => !kept.includes(name));
    if (variable === undefined) return 2 * this.draw(`${letter}: ${placeKey(scope, places)}`);
    const { points, logWeights = [] } = this.rule(variable);
    const terms = points.map((point, i) => {
      return this.logMass(letter, [...kept, variable], { ...places, [variable]: point }) + (logWeights[i] ?? 0);
    });
    return logSumExp(terms);
  }

  /** A number from −1 to 1 that stays what it was. */
  private draw(key: string): number {
    const value = this.drawn.get(key) ?? 2 * this.uniform() - 1;
    this.drawn.set(key, value);
    return value;
  }

  private uniform(): number {
    return uniformFloat64(this.generator);
  }
}

/** Its table has 3 to the power of their number of entries. */
function checkScope(letter: string, scope: readonly string[]): void {
  if (scope.length <= MOST_VARIABLES) return;
  throw new RangeError(
    `derive: the densities ${letter} of all lines must have at most ${MOST_VARIABLES} variables together, but got ${scope.length}; derive it for fewer.`,
  );
}

const MOST_VARIABLES = 8;

function densitiesOf(part: Expression): Density[] {
  return part.kind === "density" ? [part] : [];
}

function placesOf(part: Expression): readonly string[] {
  if (part.kind === "integral") return part.over;
  return part.kind === "function" ? part.of : [];
}
