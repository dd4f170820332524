import { type MathNode, type ParenthesisNode, parse, type SymbolNode } from "mathjs";
import { assertCharacters } from "./characters.ts";
import { brief } from "./excerpt.ts";
import { LanguageError } from "./languageError.ts";

/** A text as mathjs reads it; throws a LanguageError where it cannot, or where no reader could either. */
export function parsed(text: string): MathNode {
  assertCharacters(text);
  assertSize(text);
  const node = attempt(text);
  if (depthOf(node) > MOST_STEPS)
    throw new LanguageError(
      `a line must have at most ${MOST_STEPS} operations one in another, but got more; define a name for a part of it`,
    );
  return node;
}

/** The name of a symbol. */
export function name(node: MathNode): string {
  return node.type === "SymbolNode" ? (node as SymbolNode).name : node.toString();
}

/** What stands in brackets, without them. */
export function unwrapped(node: MathNode): MathNode {
  return node.type === "ParenthesisNode" ? unwrapped((node as ParenthesisNode).content) : node;
}

/** A part of a line as it may stand in a message. */
export function quoted(node: MathNode | string): string {
  return `"${brief(node.toString())}"`;
}

/** Not all that mathjs throws at what it cannot read is a SyntaxError. */
function attempt(text: string): MathNode {
  try {
    return parse(text);
  } catch (error) {
    const { message, char } = error as Error & { char?: number };
    // mathjs counts code units from 1.
    const place = char === undefined ? undefined : [...text.slice(0, char - 1)].length;
    const rest = place === undefined ? "" : [...text].slice(place).join("").trim();
    const got = rest === "" ? "its end" : quoted(rest);
    throw new LanguageError(
      `a line must be an expression such as E_q[log(p(x|z))], but got ${got} where ${reasonFor(message, text)}`,
      place,
    );
  }
}

/** What mathjs says, as the middle of a sentence and with what is to be done. */
function reasonFor(message: string, text: string): string {
  if (text.includes("||")) return `one bar or a comma is due; write p(x|z), and KL(q(z), p(z))`;
  const [, missing] = /^Parenthesis (.) expected/.exec(message) ?? [];
  if (missing !== undefined) return `a ${missing} is due; close what was opened`;
  if (/^(Value expected|Unexpected end)/.test(message)) return "something is due; write what is missing";
  if (/left hand side/.test(message)) return "there is no relation; put each side of one on a line of its own";
  return "it makes no sense; mend it there";
}

function assertSize(text: string): void {
  if (text.trim() === "")
    throw new LanguageError('a line must be an expression, but got nothing; write one, or "?" where the reader does');
  const count = [...text].length;
  if (count > MOST_CHARACTERS)
    throw new LanguageError(
      `a line must have at most ${MOST_CHARACTERS} characters, but got ${count}; define names for parts of it`,
    );
  let depth = 0;
  for (const [place, character] of [...text].entries()) {
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    if (depth > MOST_BRACKETS)
      throw new LanguageError(
        `a line must have at most ${MOST_BRACKETS} brackets one in another, but got more; define names for parts of it`,
        place,
      );
  }
}

/** Without recursion, for which the deepest would have no room. */
function depthOf(root: MathNode): number {
  let [depth, level] = [0, [root]];
  while (level.length > 0) {
    depth++;
    const next: MathNode[] = [];
    for (const node of level) {
      node.forEach(child => {
        next.push(child);
      });
    }
    level = next;
  }
  return depth;
}

/** Several times what fits on a page; more than these would take seconds to compare, or overflow the stack. */
const MOST_CHARACTERS = 1000;
const MOST_BRACKETS = 40;
const MOST_STEPS = 150;
