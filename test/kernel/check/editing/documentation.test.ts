import type ts from "typescript";
import { describe, expect, it } from "vitest";
import { documented } from "../../../../src/kernel/check/editing/documentation.ts";

const tag = (name: string, text?: string, parameter?: string): ts.JSDocTagInfo => ({
  name,
  text: [
    ...(parameter === undefined ? [] : [{ kind: "parameterName", text: parameter }]),
    ...(text === undefined ? [] : [{ kind: "text", text }]),
  ],
});
const found = (part: Partial<Parameters<typeof documented>[0]>) => ({
  code: "const a: 1",
  text: "",
  tags: [],
  ...part,
});

describe("what is known of a name", () => {
  it("is its declaration, its comment and its tags, in Markdown and in plain text", () => {
    const tags = [tag("param", "- the rate", "lr"), tag("returns", "the loss"), tag("deprecated")];
    expect(documented(found({ text: "Trains.", tags }), 0)).toEqual({
      markdown:
        "```ts\nconst a: 1\n```\n\nTrains.\n\n*@param* `lr` — the rate\n\n*@returns* — the loss\n\n*@deprecated*",
      text: "const a: 1\n\nTrains.\n\n@param lr the rate\n@returns the loss\n@deprecated",
    });
    expect(documented(found({}), 1)).toEqual({ markdown: "```ts\nconst a: 1\n```", text: "const a: 1" });
    expect(documented(found({ tags: [{ name: "throws" }] }), 0).text).toBe("const a: 1\n\n@throws");
  });

  it("says which argument is being written", () => {
    const active = (text: string) => documented(found({ active: { name: 'x: import("/w/__cell_2").Row', text } }), 0);
    expect(active("the row")).toEqual({
      markdown: "```ts\nconst a: 1\n```\n\n**`x: Row`** — the row",
      text: "const a: 1\n\n→ x: Row: the row",
    });
    expect(active("")).toEqual({ markdown: "```ts\nconst a: 1\n```\n\n**`x: Row`**", text: "const a: 1\n\n→ x: Row" });
  });

  it("names no modules that stand for cells", () => {
    const { markdown, text } = documented(found({ code: 'const a: import("/w/__cell_2").Row' }), 0);
    expect([markdown, text]).toEqual(["```ts\nconst a: Row\n```", "const a: Row"]);
  });

  it("has examples as code", () => {
    const { markdown, text } = documented(found({ tags: [tag("example", "f(1)")] }), 0);
    expect(markdown).toContain("*@example*\n```ts\nf(1)\n```");
    expect(text).toContain("@example\nf(1)");
    expect(documented(found({ tags: [tag("example", "```js\nf(1)\n```")] }), 0).markdown).toContain(
      "*@example*\n```js\nf(1)\n```",
    );
  });
});

describe("without detail", () => {
  it("is what one reads while typing", () => {
    const names = ["param", "returns", "return", "example", "deprecated", "throws", "since", "see"];
    const tags = names.map(name => tag(name, "-  x"));
    const shown = (detail: 0 | 1) => documented(found({ tags }), detail).text.match(/@\w+/g);
    expect(shown(0)).toEqual(names.slice(0, 6).map(name => `@${name}`));
    expect(shown(1)).toEqual(names.map(name => `@${name}`));
  });

  it("ends a long comment after the second paragraph that is no example", () => {
    const shown = (text: string, detail: 0 | 1 = 0) => documented(found({ text }), detail).text.slice(12);
    const [example, long] = ["```ts\n1\n```", "x".repeat(600)];
    expect(shown(`one\n\ntwo\n\n${long}`)).toBe("one\n\ntwo\n\n…");
    expect(shown(`one\n\n${example}\n\ntwo\n\n${long}`)).toBe(`one\n\n${example}\n\ntwo\n\n…`);
    expect(shown(`one\n\ntwo\n\n${long}`, 1)).toBe(`one\n\ntwo\n\n${long}`);
    const ofLength = (length: number) => `one\n\ntwo\n\n${"x".repeat(length - 10)}`;
    expect(shown(ofLength(600))).toBe(ofLength(600));
    expect(shown(ofLength(601))).toBe("one\n\ntwo\n\n…");
    expect(shown(long + long)).toBe(long + long);
  });
});
