import type { AccessorNode, FunctionNode, MathNode, OperatorNode } from "mathjs";
import { type Density, densityText } from "./expression.ts";
import { LanguageError } from "./languageError.ts";
import { name, parsed, quoted, unwrapped } from "./words.ts";

/** The densities that a text mentions, where it can be read at all. */
export function densitiesIn(text: string): Density[] {
  const found: Density[] = [];
  parsed(text).traverse(node => {
    if (node.type === "FunctionNode" && isDensity(name((node as FunctionNode).fn)))
      found.push(readDensity(node as FunctionNode));
    if (node.type !== "AccessorNode") return;
    const { object } = node as AccessorNode;
    if (object.type === "FunctionNode")
      found.push(readDensity(object as FunctionNode, name((object as FunctionNode).fn).slice(2)));
  });
  return found;
}

/** A density where one has to stand: in a divergence or an entropy. */
export function densityIn(node: MathNode, where: string): Density {
  const inner = unwrapped(node);
  if (inner.type === "FunctionNode" && isDensity(name((inner as FunctionNode).fn)))
    return readDensity(inner as FunctionNode);
  throw new LanguageError(
    `${where} must be of densities with their variables, but got ${quoted(inner)}; as in ${where === "H" ? "H(q(z))" : "KL(q(z), p(z|x))"}`,
    inner.toString(),
  );
}

/** mathjs reads the bar of `p(x, y|z, w)` as an operator within the second of three arguments. */
export function readDensity(node: FunctionNode, letter = name(node.fn)): Density {
  const [of, given]: [string[], string[]] = [[], []];
  let side = of;
  for (const part of node.args) {
    const inner = unwrapped(part) as OperatorNode;
    if (inner.type === "OperatorNode" && (inner.fn as string) === "bitOr" && side === of) {
      of.push(variable(inner.args[0] as MathNode));
      side = given;
      given.push(variable(inner.args[1] as MathNode));
    } else side.push(variable(part));
  }
  const all = [...of, ...given];
  if (of.length === 0 || new Set(all).size !== all.length)
    throw new LanguageError(
      `${letter}(…) must name each of its variables once, but got ${quoted(node)}; as in ${letter}(x|z)`,
      node.toString(),
    );
  return { kind: "density", letter, of, given };
}

/** Of the densities of a letter, the one that there is. */
export function onlyDensity(called: string, letter: string, densities: readonly Density[]): Density {
  const known = new Map(densities.filter(other => other.letter === letter).map(other => [densityText(other), other]));
  const [only] = known.values();
  if (only !== undefined && known.size === 1) return only;
  const found = [...known.keys()].join(" and ") || `no ${letter}`;
  throw new LanguageError(
    `${called} must say over which density it averages, but got ${found}; write ${called === "E" ? "E_q" : called}(z)[…], with its variables`,
    called,
  );
}

/** The name of a variable. */
export function variable(node: MathNode): string {
  if (node.type === "SymbolNode") return name(node);
  throw new LanguageError(
    `a variable must be a name, but got ${quoted(node)}; as the x and z of p(x|z)`,
    node.toString(),
  );
}

/** p, q and r are densities, with or without an index. */
export function isDensity(letter: string): boolean {
  return /^[pqr](_\S+)?$/u.test(letter);
}
