import { distance } from "fastest-levenshtein";
import { latin } from "./characters.ts";
import { isDensity } from "./density.ts";
import { brief } from "./excerpt.ts";
import { densityText, everyPart, type Expression } from "./expression.ts";
import { LanguageError } from "./languageError.ts";

/** The names that lines can be made of, besides those that are defined: what the cases have numbers for. */
export interface Names {
  /** Of densities, as p and q_phi. */
  letters: ReadonlySet<string>;
  variables: ReadonlySet<string>;
  functions: ReadonlySet<string>;
}

/** Throws a LanguageError for the first density, variable or function in an expression that no case has. */
export function assertKnown(expression: Expression, names: Names): void {
  for (const part of everyPart(expression)) {
    if (part.kind === "density") {
      if (!names.letters.has(part.letter)) throw unknownLetter(part.letter, densityText(part), names);
      for (const variable of [...part.of, ...part.given]) assertVariable(variable, names);
    }
    if (part.kind === "function") {
      if (!names.functions.has(part.name)) throw unknownFunction(part.name, names);
      for (const variable of part.of) assertVariable(variable, names);
    }
    if (part.kind === "integral") for (const variable of part.over) assertVariable(variable, names);
    if (part.kind === "variable") assertVariable(part.name, names);
  }
}

/** What is wrong with the name of a function that there is not. */
export function unknownFunction(name: string, { functions, letters }: Names, defined: Iterable<string> = []) {
  const known = [...functions, ...defined];
  const near = nearest(name, [...BUILT_IN, ...known, ...letters]);
  const remedy = near === undefined ? `add ${brief(name, 40)} to the functions of the cases` : `write ${near}`;
  const own = known.length > 0 ? `${known.join(", ")}, or ` : "";
  return new LanguageError(
    `a function must be ${own}one of ${BUILT_IN.join(", ")}, or a density, but got "${brief(name, 40)}"; ${remedy}`,
    name,
  );
}

/** Whether a name means something in every line, so that it can stand for nothing else. */
export function isTaken(name: string): boolean {
  return BUILT_IN.includes(name) || /^E(_|$)/.test(name) || isDensity(name);
}

function assertVariable(name: string, { variables, functions }: Names): void {
  if (variables.has(name)) return;
  if (functions.has(name))
    throw new LanguageError(`${name} must say of what, but got "${name}" alone; as in ${name}(z)`, name);
  const near = nearest(name, variables);
  const remedy = near === undefined ? `add ${brief(name, 40)} to the variables of the cases` : `write ${near}`;
  throw new LanguageError(`a variable must be ${either(variables)}, but got "${brief(name, 40)}"; ${remedy}`, name);
}

function unknownLetter(letter: string, text: string, { letters }: Names): LanguageError {
  const near = nearest(letter, letters);
  const remedy = near === undefined ? `add ${brief(text, 40)} to the logDensities of the cases` : `write ${near}`;
  return new LanguageError(
    `a density must be of the cases, which have ${[...letters].join(", ") || "none"}, but got "${brief(letter, 40)}"; ${remedy}`,
    letter,
  );
}

function either(names: Iterable<string>): string {
  return `one of the cases, which have ${[...names].join(", ") || "none"}`;
}

/** The name that was meant, as far as one can tell; undefined where it may be any. */
function nearest(name: string, names: Iterable<string>): string | undefined {
  const known = [...names];
  const same = [SYNONYMS.get(name.toLowerCase()), latin(name)].find(each => each && known.includes(each));
  if (same !== undefined) return same;
  const [best] = known
    .map(other => ({ other, distance: steps(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ other, distance }) => isNear(name, other, distance))
    .sort((a, b) => a.distance - b.distance);
  return best?.other;
}

/** From one letter to any other is a step too, which says nothing. */
function isNear(name: string, other: string, distance: number): boolean {
  if (distance === 0) return true;
  const [short, long] = [name.length, other.length].sort((a, b) => a - b) as [number, number];
  return short > 1 && distance <= Math.min(2, Math.floor(long / 2));
}

/** How many letters have to be put in, left out or changed; to put those that there are in order is one step. */
function steps(from: string, to: string): number {
  return from !== to && inOrder(from) === inOrder(to) ? 1 : distance(from, to);
}

function inOrder(letters: string): string {
  return [...letters].sort().join("");
}

const BUILT_IN: readonly string[] = ["log", "exp", "sqrt", "KL", "H", "integral", "sum"];

/** What others call it. */
const SYNONYMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ln: "log",
    loge: "log",
    log_e: "log",
    lg: "log",
    d_kl: "KL",
    dkl: "KL",
    kl_div: "KL",
    kld: "KL",
    divergence: "KL",
    entropy: "H",
    ent: "H",
    int: "integral",
    integrate: "integral",
    root: "sqrt",
  }),
);
