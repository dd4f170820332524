import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import * as tf from "@tensorflow/tfjs";
import ts from "typescript";
import { describe, expect, it } from "vitest";

// Every `@example` of a doc comment is run: a line `value // => expected` must evaluate to what it says.
const root = resolve(import.meta.dirname, "../src");

interface Example {
  file: string;
  line: number;
  code: string;
}

function examples(file: string): Example[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(comment => {
    const [, example] = comment[0].split("@example");
    if (example === undefined) return [];
    const code = example
      .replace(/\*\/$/, "")
      .split("\n")
      .map(line => line.replace(/^\s*\* ?/, ""))
      .join("\n");
    return [{ file, line: text.slice(0, comment.index).split("\n").length, code }];
  });
}

const everyExample = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter(name => name.endsWith(".ts"))
  .flatMap(examples);

/** Statements that say at their end what they come to, as comparisons. */
function withChecks(code: string): string {
  const file = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ESNext);
  return file.statements
    .map(statement => {
      const text = code.slice(statement.getStart(file), statement.end);
      const [, expected] = /^;?[ \t]*\/\/ => (.*)/.exec(code.slice(statement.end)) ?? [];
      return expected === undefined
        ? text
        : `assertShown(await (${text.replace(/;$/, "")}), ${JSON.stringify(expected)});`;
    })
    .join("\n");
}

const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<void>;

describe("examples in doc comments", () => {
  it("exist", () => expect(everyExample.length).toBeGreaterThan(8));

  it.each(everyExample)("$file:$line", async ({ file, code }) => {
    const own = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
    const all = (await import("../src/index.ts")) as Record<string, unknown>;
    const names = { ...all, ...own, tf, assertShown };
    const body = ts.transpile(withChecks(code), { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext });
    const free = Object.keys(names).filter(name => name !== "default" && new RegExp(`\\b${name}\\b`).test(body));
    await new AsyncFunction(...free, body)(...free.map(name => (names as Record<string, unknown>)[name]));
    expect(body.trim()).not.toBe("");
  });
});

function assertShown(value: unknown, expected: string): void {
  const shown = inspect(value).replaceAll("'", '"').replaceAll("[ ", "[").replaceAll(" ]", "]");
  expect(shown).toBe(expected.trim());
}
