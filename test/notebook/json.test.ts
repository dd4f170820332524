import { describe, expect, it } from "vitest";
import { NotebookFormatError } from "../../src/notebook/index.ts";
import { parseJson } from "../../src/notebook/json.ts";

function failure(text: string): NotebookFormatError {
  try {
    parseJson(text, "week1.ipynb");
  } catch (error) {
    expect(error).toBeInstanceOf(NotebookFormatError);
    return error as NotebookFormatError;
  }
  throw new Error(`accepted: ${text}`);
}

/** All of JSON's grammar, cut where a text may go on in more than one way. */
const tokens = [
  ...[
    "\n",
    "{",
    " \t\r\n",
    '"',
    "a b",
    "\\u00e9",
    "\\uAf09",
    "\\n",
    '\\"',
    "\u007f\u0085\u009f",
    "漢",
    '"',
    " \n ",
    ":",
  ],
  ...["\t", "[", "\n", "]", "\r", ",", '"', '"', ":", "{", " ", "}", ",", '"', "n", '"', ":", "[", "[", "1", "]", ","],
  ...[
    "-0.25e+10",
    " \r\n",
    ",",
    "12.75E-3",
    ",",
    "10.5",
    ",",
    "1e5",
    "\n",
    ",",
    "0",
    ",",
    "true",
    " ",
    ",",
    "false",
    ",",
  ],
  ...["null", "]", "\t", "}", "\r\n"],
];
const document = tokens.join("");
const boundaries = tokens.map((_, count) => tokens.slice(0, count).join("").length);
const inText = (at: number) => (document.slice(0, at).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;

describe("where a text stops being JSON", () => {
  it("is the first character that no JSON document could have there", () => {
    expect(parseJson(document, "week1.ipynb")).toEqual(JSON.parse(document));
    for (const at of boundaries) {
      for (const intruder of inText(at) ? ["\u0001"] : ["\u0001", "x", "xx,", "x:", "x]", "x}"]) {
        const text = document.slice(0, at) + intruder + document.slice(at);
        expect([text.slice(at), failure(text).byte]).toEqual([text.slice(at), Buffer.byteLength(text.slice(0, at))]);
      }
    }
  });

  it("is the end of a text that was cut short", () => {
    for (const at of boundaries.slice(0, -1)) {
      const { byte, message } = failure(document.slice(0, at));
      expect(byte).toBe(Buffer.byteLength(document.slice(0, at)));
      expect(message).toContain("but got the end of the file");
      expect(message).toMatch(/; the file was cut short: restore it from version control\.$/);
    }
  });

  it.each([
    ['["\\u12G4"]', 2],
    ['["\\u12"]', 2],
    ["[1.]", 2],
    ["[1.x]", 2],
    ["[1e]", 2],
    ["[1e-]", 2],
    ["[.5]", 1],
    ["[1x5]", 2],
    ["[+1]", 1],
  ])("%s", (text, byte) => expect(failure(text).byte).toBe(byte));

  it("is told of a text that is nested deeper than a stack", () => {
    expect(failure("[".repeat(200_000)).message).toContain("a notebook must be JSON");
  });
});

describe("the remedy", () => {
  it.each(["<<<<<<< HEAD", "=======", ">>>>>>> theirs"])("is to resolve the conflict that %j marks", marker => {
    expect(failure(`{"a": 1,\n${marker}\n`).message).toMatch(
      /; resolve the merge conflict whose markers are still in the file\.$/,
    );
  });

  it.each(["{\n<\n}", "{\n=\n}", "{\n>\n}", '{"a": "<<<<<<< =======",}'])("is to mend the file: %j", text => {
    expect(failure(text).message).toMatch(/; mend the file there, or restore it from version control\.$/);
  });
});
