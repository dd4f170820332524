import type { AssignmentNode, FunctionAssignmentNode, MathNode, SymbolNode } from "mathjs";
import { brief } from "./excerpt.ts";
import type { Expression } from "./expression.ts";
import { LanguageError } from "./languageError.ts";
import { isTaken } from "./names.ts";
import { readNode, type Vocabulary } from "./read.ts";
import { name, parsed, quoted } from "./words.ts";

/** What a name stands for. */
export interface Definition {
  name: string;
  of: readonly string[];
  body: Expression;
}

/**
 * What a definition such as `ELBO = E_q[log(p(x, z) / q(z))]` or `w(z) = p(x, z) / q(z)` defines.
 *
 * @param later the definitions that come after it, of which it can use none
 * @throws LanguageError where the text cannot be read, the name means something already, or it is defined by itself
 */
export function readDefinition(text: string, vocabulary: Vocabulary, later: readonly string[] = []): Definition {
  const { name, of, value } = sidesOf(text);
  assertFree(name, vocabulary);
  assertEarlier(name, value, later);
  return { name, of, body: readNode(value, vocabulary) };
}

interface Sides {
  name: string;
  of: readonly string[];
  value: MathNode;
}

function sidesOf(text: string): Sides {
  const node = parsed(text);
  if (node.type === "AssignmentNode") {
    const { object, index, value } = node as AssignmentNode;
    // mathjs takes the A of "A[1] = 2" for the whole name.
    if (index === null) return { name: name(object), of: [], value };
  }
  if (node.type === "FunctionAssignmentNode") {
    const { name, params, expr } = node as FunctionAssignmentNode;
    return { name, of: params, value: expr };
  }
  throw new LanguageError(
    `a definition must be "name = expression", but got ${quoted(text)}; as in "ELBO = E_q[log(p(x,z) / q(z))]"`,
  );
}

function assertFree(name: string, { definitions, names }: Vocabulary): void {
  const taken = definitions.has(name)
    ? "another definition has"
    : isTaken(name)
      ? "the language has"
      : names.variables.has(name) || names.functions.has(name)
        ? "the cases have"
        : undefined;
  if (taken === undefined) return;
  throw new LanguageError(
    `a definition must have a name of its own, but got ${brief(name, 40)}, which ${taken}; choose another, as ${brief(name, 40)}_1`,
    name,
  );
}

/** A name may use those that are defined before it; what uses itself, by way of others or at once, says nothing. */
function assertEarlier(own: string, value: MathNode, later: readonly string[]): void {
  const others = new Map(later.flatMap(text => definedIn(text)));
  const circle = wayTo(own, [own], new Map([...others, [own, symbolsIn(value)]]));
  if (circle !== undefined)
    throw new LanguageError(
      `a definition must not lead back to itself, but got ${circle.join(" → ")}; say what ${own} is by other names`,
      circle[1],
    );
  const [first] = symbolsIn(value).filter(symbol => others.has(symbol));
  if (first !== undefined)
    throw new LanguageError(
      `a definition must use names that are defined before it, but got ${first}; put ${first} first`,
      first,
    );
}

/** The way from a name by definitions back to it, the name at both ends. */
function wayTo(goal: string, way: string[], definitions: ReadonlyMap<string, string[]>): string[] | undefined {
  for (const next of definitions.get(way.at(-1) as string) ?? []) {
    if (next === goal) return [...way, next];
    if (way.includes(next) || !definitions.has(next)) continue;
    const found = wayTo(goal, [...way, next], definitions);
    if (found) return found;
  }
  return undefined;
}

/** A definition that cannot be read defines nothing, which is said where its turn comes. */
function definedIn(text: string): [string, string[]][] {
  try {
    const { name, value } = sidesOf(text);
    return [[name, symbolsIn(value)]];
  } catch (error) {
    if (error instanceof LanguageError) return [];
    throw error;
  }
}

function symbolsIn(node: MathNode): string[] {
  return node.filter(part => part.type === "SymbolNode").map(symbol => (symbol as SymbolNode).name);
}
