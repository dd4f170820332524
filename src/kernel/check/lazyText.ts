import ts = require("typescript");
import { internals } from "./internals.ts";

/** A source file that may have let its text go. */
interface WithText extends ts.SourceFile {
  identifiers: Map<string, string>;
  ownText: string | undefined;
  /** Reads the text again. */
  textAgain?: () => string;
}

Object.defineProperty(internals.objectAllocator.getSourceFileConstructor().prototype, "text", {
  configurable: true,
  get(this: WithText): string {
    this.ownText ??= this.textAgain?.() ?? "";
    return this.ownText;
  },
  set(this: WithText, text: string) {
    this.ownText = text;
  },
});

/**
 * Lets the text of a parsed file go, until somebody asks for it: of a library little more than its tree is ever
 * looked at.
 */
export function releaseText(file: ts.SourceFile, textAgain: () => string): void {
  copyStrings(file as WithText);
  // The parser has followed them.
  Object.assign(file, { ownText: undefined, textAgain, pragmas: new Map() });
  // V8 keeps the text that a regular expression was tried on last.
  /[text]+/.exec("text");
}

/** V8 cuts long strings out of a text without copying them, so that they keep all of it; the key of a property is a copy. */
function copyStrings(file: WithText): void {
  const keys: Record<string, true> = {};
  for (const name of file.identifiers.keys()) keys[name] = true;
  for (const each of [file.referencedFiles, file.typeReferenceDirectives, file.libReferenceDirectives].flat()) {
    keys[each.fileName] = true;
  }
  const visit = (node: ts.Node): void => {
    if (ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node)) keys[node.text] = true;
    if (ts.isTemplateLiteralToken(node)) keys[node.rawText ?? ""] = true;
    ts.forEachChild(node, visit);
  };
  visit(file);
}
