import type { AccessorNode, ConstantNode, FunctionNode, MathNode, OperatorNode } from "mathjs";
import { type Density, densityText, type Expression } from "./expression.ts";
import { densityIn, isDensity, onlyDensity, readDensity, variable } from "./density.ts";
import { LanguageError } from "./languageError.ts";
import { assertKnown, type Names, unknownFunction } from "./names.ts";
import { name, parsed, quoted, unwrapped } from "./words.ts";

/** What a reader has to know besides the line: which densities there are, and what names stand for. */
export interface Vocabulary {
  /** Those that the cases have: what `E_q` is an average over is looked up here. */
  densities: readonly Density[];
  names: Names;
  definitions: ReadonlyMap<string, { of: readonly string[]; body: Expression }>;
}

/**
 * An expression of the lecture's language, from its text.
 *
 * @throws LanguageError where the text cannot be read, or does not say what is to be computed
 */
export function readExpression(text: string, vocabulary: Vocabulary): Expression {
  return readNode(parsed(text), vocabulary);
}

/** The same of what mathjs read. */
export function readNode(node: MathNode, vocabulary: Vocabulary): Expression {
  const expression = read(node, vocabulary);
  assertKnown(expression, vocabulary.names);
  return expression;
}

function read(given: MathNode, vocabulary: Vocabulary): Expression {
  const node = unwrapped(given);
  switch (node.type) {
    case "ConstantNode":
      return readNumber(node as ConstantNode);
    case "SymbolNode":
      return readName(name(node), vocabulary);
    case "OperatorNode":
      return readOperation(node as OperatorNode, vocabulary);
    case "FunctionNode":
      return readFunction(node as FunctionNode, vocabulary);
    case "AccessorNode":
      return readExpectation(node as AccessorNode, vocabulary);
    default:
      throw new LanguageError(
        `a line must be one expression, but got ${quoted(node)} in it; put each side of a relation on a line of its own`,
        node.toString(),
      );
  }
}

/** mathjs takes true, null, Infinity and what stands in quotation marks for constants too. */
function readNumber(node: ConstantNode): Expression {
  const { value } = node as { value: unknown };
  if (typeof value === "number" && Number.isFinite(value)) return { kind: "number", value };
  throw new LanguageError(
    `what stands by itself must be a finite number or a name, but got ${quoted(node)}; write an expression such as log(p(x))`,
    node.toString(),
  );
}

function readName(symbol: string, { definitions }: Vocabulary): Expression {
  if (/^(log|exp|KL|H|integral|sum)$/.test(symbol))
    throw new LanguageError(`${symbol} must have brackets, but got "${symbol}" alone; as in ${symbol}(…)`, symbol);
  if (/^E(_|$)/.test(symbol))
    throw new LanguageError(`${symbol} must have brackets, but got "${symbol}" alone; as in ${symbol}[…]`, symbol);
  const definition = definitions.get(symbol);
  if (definition?.of.length === 0) return { kind: "defined", name: symbol, ...definition };
  if (isDensity(symbol))
    throw new LanguageError(
      `${symbol} must say of what it is a density, but got "${symbol}" alone; as in ${symbol}(z)`,
      symbol,
    );
  return { kind: "variable", name: symbol };
}

function readOperation(node: OperatorNode, vocabulary: Vocabulary): Expression {
  const [first, second] = node.args.map(part => () => read(part, vocabulary)) as [() => Expression, () => Expression];
  switch (node.fn as string) {
    case "add":
      return { kind: "sum", terms: [first(), second()] };
    case "subtract":
      return { kind: "sum", terms: [first(), negative(second())] };
    case "unaryMinus":
      return negative(first());
    case "unaryPlus":
      return first();
    case "multiply":
      return { kind: "product", factors: [first(), second()] };
    case "divide":
      return { kind: "quotient", above: first(), below: second() };
    case "pow": {
      const exponent = second();
      if (exponent.kind === "number") return { kind: "power", base: first(), exponent: exponent.value };
      throw new LanguageError(
        `an exponent must be a number, but got ${quoted(node)}; write exp(b * log(a)) for a^b`,
        node.toString(),
      );
    }
    default:
      throw new LanguageError(
        `a line must be made of + − · / ^ and functions, but got "${node.op}" in ${quoted(node)}; "|" stands in a density only, and a relation in front of a line`,
        node.toString(),
      );
  }
}

function negative(of: Expression): Expression {
  return of.kind === "number"
    ? { kind: "number", value: -of.value }
    : { kind: "product", factors: [{ kind: "number", value: -1 }, of] };
}

function readFunction(node: FunctionNode, vocabulary: Vocabulary): Expression {
  const called = name(node.fn);
  const { args } = node;
  const of = (i: number) => read(args[i] as MathNode, vocabulary);
  const takes = (count: number, example: string) => {
    if (args.length !== count)
      throw new LanguageError(
        `${called} must be of ${count === 1 ? "one thing" : `${count} things`}, but got ${args.length} in ${quoted(node)}; as in ${example}`,
        node.toString(),
      );
  };
  switch (called) {
    case "log":
      takes(1, "log(p(x))");
      return { kind: "logarithm", of: of(0) };
    case "exp":
      takes(1, "exp(log(p(x)))");
      return { kind: "exponential", of: of(0) };
    case "sqrt":
      takes(1, "sqrt(p(x))");
      return { kind: "power", base: of(0), exponent: 0.5 };
    case "KL": {
      takes(2, "KL(q(z), p(z|x))");
      const [first, second] = args.map(part => densityIn(part, "KL")) as [Density, Density];
      if (names(first.of) !== names(second.of))
        throw new LanguageError(
          `KL must be between two densities of the same variables, but got ${densityText(first)} and ${densityText(second)}; as in KL(q(z), p(z|x))`,
          node.toString(),
        );
      return { kind: "divergence", of: first, from: second };
    }
    case "H":
      takes(1, "H(q(z))");
      return { kind: "entropy", of: densityIn(args[0] as MathNode, "H") };
    case "integral":
    case "sum":
      return readIntegral(called, node, vocabulary);
    default:
      return isDensity(called) ? readDensity(node) : readCall(called, node, vocabulary);
  }
}

function readIntegral(called: string, node: FunctionNode, vocabulary: Vocabulary): Expression {
  const [body, ...over] = node.args;
  const variables = over.map(variable);
  if (body !== undefined && over.length > 0 && new Set(variables).size === over.length)
    return { kind: "integral", body: read(body, vocabulary), over: variables };
  throw new LanguageError(
    `${called} must say over which variable, each once, but got ${quoted(node)}; as in ${called}(p(x,z), z)`,
    node.toString(),
  );
}

function readCall(called: string, node: FunctionNode, { definitions, names }: Vocabulary): Expression {
  if (called.startsWith("E_") || called === "E")
    throw new LanguageError(
      `an expectation must have square brackets, but got ${quoted(node)}; as in E_q[f(z)] or E_q(z|x)[f(z)]`,
      node.toString(),
    );
  const definition = definitions.get(called);
  if (definition === undefined && !names.functions.has(called))
    throw unknownFunction(called, names, definitions.keys());
  const of = node.args.map(variable);
  if (definition === undefined) return { kind: "function", name: called, of };
  if (definition.of.join() === of.join()) return { kind: "defined", name: called, ...definition };
  throw new LanguageError(
    `${called} must be called as it is defined, ${called}(${definition.of.join(", ")}), but got ${called}(${of.join(", ")}); a name is a place here`,
    node.toString(),
  );
}

function readExpectation(node: AccessorNode, vocabulary: Vocabulary): Expression {
  const [body, ...more] = node.index.dimensions as MathNode[];
  const { object } = node;
  const called = name(object.type === "FunctionNode" ? (object as FunctionNode).fn : object);
  if (!/^E(_\S+)?$/u.test(called) || body === undefined || more.length > 0)
    throw new LanguageError(
      `square brackets must follow an expectation and hold one expression, but got ${quoted(node)}; as in E_q[f(z)]`,
      node.toString(),
    );
  const letter = called.slice(2) || "q";
  const under =
    object.type === "FunctionNode"
      ? readDensity(object as FunctionNode, letter)
      : onlyDensity(called, letter, vocabulary.densities);
  return { kind: "expectation", under, body: read(body, vocabulary) };
}

function names(variables: readonly string[]): string {
  return [...variables].sort().join(", ");
}
