import { NotebookFormatError } from "./errors.ts";

/** JSON text to its value; where the text breaks the grammar, the error says at which byte, line and column. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const index = firstOffence(text);
    const before = text.slice(0, index);
    const byte = Buffer.byteLength(before);
    const line = before.split("\n").length;
    const column = index - before.lastIndexOf("\n");
    const found = index < text.length ? JSON.stringify(text.slice(index, index + 12)) : "the end of the file";
    throw new NotebookFormatError(
      file,
      { byte },
      `a notebook must be JSON, but got ${found} at byte ${byte} (line ${line}, column ${column}); ${remedy(text, index)}.`,
    );
  }
}

function remedy(text: string, index: number): string {
  if (/^(<{7}|={7}|>{7})/m.test(text)) return "resolve the merge conflict whose markers are still in the file";
  if (index >= text.length) return "the file was cut short: restore it from version control";
  return "mend the file there, or restore it from version control";
}

/**
 * The index at which the text stops being the beginning of any JSON document. `JSON.parse` knows it too,
 * but engines word their messages differently and some versions leave the position out.
 */
function firstOffence(text: string): number {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found !== null;
  };
  const expect = (pattern: RegExp): void => {
    if (!take(pattern)) throw new SyntaxError();
  };
  const members = (close: RegExp, member: () => void): void => {
    if (take(close)) return;
    do member();
    while (take(COMMA));
    expect(close);
  };
  const value = (): void => {
    take(SPACE);
    if (take(OPEN_OBJECT)) {
      members(CLOSE_OBJECT, () => {
        take(SPACE);
        string();
        take(SPACE);
        expect(COLON);
        value();
      });
    } else if (take(OPEN_ARRAY)) members(CLOSE_ARRAY, value);
    else if (text[at] === '"') string();
    else expect(LITERAL);
    take(SPACE);
  };
  const string = (): void => {
    expect(QUOTE);
    while (take(PLAIN_CHARACTERS) || take(ESCAPE));
    expect(QUOTE);
  };
  try {
    value();
  } catch {
    // There it is; or there the text is nested deeper than the stack, which no notebook is.
  }
  return at;
}

const SPACE = /[ \t\r\n]*/y;
const QUOTE = /"/y;
const PLAIN_CHARACTERS = /[^"\\\p{Cc}]+|[\x7f-\x9f]+/uy;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const OPEN_OBJECT = /\{[ \t\r\n]*/y;
const CLOSE_OBJECT = /\}/y;
const OPEN_ARRAY = /\[[ \t\r\n]*/y;
const CLOSE_ARRAY = /\]/y;
const COMMA = /,/y;
const COLON = /:/y;
