import type { AccessorNode, FunctionAssignmentNode, FunctionNode, MathNode, OperatorNode } from "mathjs";
import { name, parsed, unwrapped } from "./words.ts";

/**
 * The TeX of a text in the lecture's language, in the notation of the lectures.
 *
 * No bar is in it that would end a cell of a Markdown table.
 *
 * @throws LanguageError where the text cannot be read
 */
export function texOf(text: string): string {
  return tex(parsed(text)).trim();
}

/** As mathjs writes it, but for what the course writes in its own way. */
function tex(node: MathNode): string {
  return node.toTex({ parenthesis: "auto", handler });
}

function handler(node: MathNode): string | undefined {
  switch (node.type) {
    case "SymbolNode":
      return symbol(name(node));
    case "FunctionNode":
      return call(node as FunctionNode);
    case "AccessorNode":
      return expectation(node as AccessorNode);
    case "OperatorNode":
      return operation(node as OperatorNode);
    case "FunctionAssignmentNode": {
      const { name, params, expr } = node as FunctionAssignmentNode;
      return `${symbol(name)}(${params.map(symbol).join(", ")}) = ${tex(expr)}`;
    }
    default:
      return undefined;
  }
}

function call(node: FunctionNode): string {
  const called = name(node.fn);
  const [first, ...others] = node.args.map(unwrapped) as [MathNode, ...MathNode[]];
  switch (called) {
    case "log":
      return `\\log ${standsAlone(first) ? tex(first) : bracketed(tex(first))}`;
    case "exp":
      return `\\exp${bracketed(tex(first))}`;
    case "sqrt":
      return `\\sqrt{${tex(first)}}`;
    case "KL":
      return `\\mathrm{KL}${bracketed(`${tex(first)} \\,\\Vert\\, ${others.map(tex).join(", ")}`)}`;
    case "H":
      return `\\mathrm{H}${bracketed(tex(first))}`;
    case "integral":
      return `${"\\int ".repeat(others.length)}${isSum(first) ? bracketed(tex(first)) : tex(first)} ${others.map(each => `\\, d${tex(each)}`).join("")}`;
    case "sum":
      return `\\sum_{${others.map(tex).join(", ")}} ${isSum(first) ? bracketed(tex(first)) : tex(first)}`;
    default:
      return symbol(called) + functionParts(node)[1];
  }
}

/** Of `E_q(z|x)` the whole density is the index. */
function expectation(node: AccessorNode): string {
  const { object } = node;
  const [called, args] = object.type === "FunctionNode" ? functionParts(object as FunctionNode) : [name(object), ""];
  const letter = called.replace(/^E_?/, "");
  const index = letter === "" ? "" : `_{${symbol(letter)}${args}}`;
  return `\\mathbb{E}${index}\\left[${(node.index.dimensions as MathNode[]).map(tex).join(", ")}\\right]`;
}

function functionParts(node: FunctionNode): [called: string, args: string] {
  return [name(node.fn), `(${node.args.map(argument).join(", ")})`];
}

/** The products of mathjs have dots; those of densities have none. What could be read two ways has brackets. */
function operation(node: OperatorNode): string | undefined {
  const args = node.args.map(unwrapped);
  switch (node.fn as string) {
    case "multiply":
      return args
        .map((factor, i) =>
          isSum(factor) || (isLogarithm(factor) && i === 0) || isBig(factor, i) ? bracketed(tex(factor)) : tex(factor),
        )
        .join(" \\, ");
    case "pow": {
      const [base, exponent] = args as [MathNode, MathNode];
      const plain = base.type === "SymbolNode" || base.type === "ConstantNode";
      return `${plain ? tex(base) : bracketed(tex(base))}^{${tex(exponent)}}`;
    }
    case "unaryMinus": {
      const [of] = args as [MathNode];
      return `-${isSum(of) ? bracketed(tex(of)) : tex(of)}`;
    }
    default:
      return undefined;
  }
}

/** A density's arguments: the bar is a relation. */
function argument(node: MathNode): string {
  const bar = node as OperatorNode;
  if (node.type !== "OperatorNode" || (bar.fn as string) !== "bitOr") return tex(node);
  return `${tex(bar.args[0] as MathNode)} \\mid ${tex(bar.args[1] as MathNode)}`;
}

function symbol(written: string): string {
  const [, head = written, tail] = /^([^_]+)_(.+)$/u.exec(written) ?? [];
  return tail === undefined ? letters(head) : `${letters(head)}_{${letters(tail.replaceAll("_", ""))}}`;
}

function letters(word: string): string {
  if (GREEK.has(word)) return `\\${word}`;
  return [...word].length > 1 && /\D/.test(word) ? `\\mathrm{${word}}` : word;
}

/** What needs no brackets behind `log`. */
function standsAlone(node: MathNode): boolean {
  if (node.type === "OperatorNode") return ((node as OperatorNode).fn as string) === "divide";
  return !isLogarithm(node);
}

/** An integral or a sum goes as far as it can: a factor behind it would be read as part of it. */
function isBig(node: MathNode, place: number): boolean {
  return place === 0 && node.type === "FunctionNode" && /^(integral|sum)$/.test(name((node as FunctionNode).fn));
}

function isLogarithm(node: MathNode): boolean {
  return node.type === "FunctionNode" && name((node as FunctionNode).fn) === "log";
}

function isSum(node: MathNode): boolean {
  return (
    node.type === "OperatorNode" && /^(add|subtract|unaryMinus|unaryPlus)$/.test((node as OperatorNode).fn as string)
  );
}

function bracketed(inner: string): string {
  return `\\left(${inner}\\right)`;
}

const GREEK = new Set(
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split(
    " ",
  ),
);
