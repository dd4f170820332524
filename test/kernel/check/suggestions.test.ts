import { expect, it } from "vitest";
import {
  isMissingName,
  missingNameOf,
  type Surroundings,
  withSuggestion,
} from "../../../src/kernel/check/suggestions.ts";

const missing = (name: string, part: { code?: number; file?: string } = {}) => ({
  line: 1,
  column: 1,
  code: 2304,
  message: `Cannot find name '${name}'.`,
  ...part,
});
const all: Surroundings = { failed: new Map(), canImport: () => true };
const advice = (name: string, surroundings = all) =>
  withSuggestion(missing(name), surroundings).message.slice(missing(name).message.length);

it.each([
  ["tf", '* as tf from "@tensorflow/tfjs"'],
  ["math", '* as math from "mathjs"'],
  ["mathjs", '* as mathjs from "mathjs"'],
  ["Plotly", 'Plotly from "plotly.js"'],
  ["tslab", '* as tslab from "tslab"'],
  ["display", '{ display } from "tslab"'],
  ...["slider", "choice", "toggle", "button", "play", "show"].map(name => [
    name,
    `{ ${name} } from "lectern/notebook"`,
  ]),
  ...["fs", "path", "os", "util"].map(name => [name, `${name} from "node:${name}"`]),
  ["assert", 'assert from "node:assert/strict"'],
  ["readFileSync", '{ readFileSync } from "node:fs"'],
  ["writeFileSync", '{ writeFileSync } from "node:fs"'],
  ["execSync", '{ execSync } from "node:child_process"'],
])("tells of the import that everybody means by %s", (name, clause) => {
  expect(advice(name)).toBe(` Add: import ${clause};`);
});

it("tells of none that is not there, and of none for other names", () => {
  const asked: string[] = [];
  const none = { ...all, canImport: (specifier: string) => asked.push(specifier) < 0 };
  expect([advice("tf", none), advice("anything"), asked]).toEqual(["", "", ["@tensorflow/tfjs"]]);
});

it("tells first of a cell that declares the name and did not run", () => {
  expect(advice("tf", { ...all, failed: new Map([["tf", 3]]) })).toBe(" Cell 3 declares it, but did not run.");
  const other = { ...missing("tf"), code: 2322 };
  expect(withSuggestion(other, all)).toBe(other);
});

it("knows what a cell lacks", () => {
  for (const code of [2304, 2503, 2552, 2686, 2833, 18004]) expect(missingNameOf(missing("a", { code }))).toBe("a");
  expect(missingNameOf(missing("a", { code: 2305 }))).toBeUndefined();
  expect(missingNameOf(missing("a", { file: "/x.ts" }))).toBeUndefined();
  expect(missingNameOf({ ...missing("a"), message: "none" })).toBeUndefined();
  expect([missing("a"), missing("a", { code: 2552 }), missing("a", { file: "/x.ts" })].map(isMissingName)).toEqual([
    true,
    false,
    false,
  ]);
});
