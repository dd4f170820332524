import { type MathNode, type ParenthesisNode, parse, type SymbolNode } from "mathjs";

/** What is wrong with a text of the lecture's language: rule, what came, and what to write instead. */
export class LanguageError extends Error {
  override readonly name = "LanguageError";
}

/** A text as mathjs reads it; throws a LanguageError where it cannot. */
export function parsed(text: string): MathNode {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new LanguageError(
      `a line must be an expression such as E_q[log(p(x|z))], but got "${text}"; ${error.message.replace(/ \(char (\d+)\)/, " at character $1")}`,
    );
  }
}

/** The name of a symbol. */
export function name(node: MathNode): string {
  return node.type === "SymbolNode" ? (node as SymbolNode).name : node.toString();
}

/** What stands in brackets, without them. */
export function unwrapped(node: MathNode): MathNode {
  return node.type === "ParenthesisNode" ? unwrapped((node as ParenthesisNode).content) : node;
}
