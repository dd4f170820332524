import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ruleOf } from "../../../src/generative/derivation/algebra/rules.ts";
import { checkLine, checkLines, derive, reasons } from "../../../src/generative/derivation/index.ts";
import { lawn } from "./lines/examples.ts";

const root = resolve(import.meta.dirname, "../../..");
const guide = readFileSync(join(root, "src/guide/derivations.md"), "utf8");
const cases = { lawn: { ...lawn, functions: { "f(z)": (z: number) => z + 1 } } };
const define = ["ELBO = E_q[log(p(x,z) / q(z))]"];

/** The rows of the table of reasons: reason, other names, and both lines. */
const rows = [...guide.matchAll(/^\| `([^`]+)` +\|([^|`]*)\| `(.+?)` +\| `(= .+|>= .+)` +\|$/gm)].map(
  ([, reason = "", also = "", from = "", to = ""]) => ({
    reason,
    also: also
      .split(",")
      .map(name => name.trim())
      .filter(Boolean),
    from: from.replaceAll("\\|", "|"),
    to: to.replaceAll("\\|", "|"),
  }),
);

describe("the guide of derivations", () => {
  it("has each reason once", () => {
    const named = rows.map(({ reason }) => ruleOf(reason)?.name);
    expect(named).toEqual(rows.map(({ reason }) => reason));
    expect([...named].sort()).toEqual([...reasons()].sort());
  });

  it.each(rows)("follows by $reason, whatever it is called", ({ reason, also, from, to }) => {
    // What is the same everywhere is so by the line before.
    const first = reason === "average" ? [["log(p(x))"], [`= ${from}`, "Bayes"]] : [[from]];
    for (const name of [reason, ...also]) {
      const { lines } = checkLines({ cases, define }, [
        ...first.map(line => (line.length > 1 ? line : line[0])),
        [to, name],
      ] as never);
      expect(lines.flatMap(({ fault }) => fault?.message ?? [])).toEqual([]);
    }
  });

  it.each(rows)("does not by another reason than $reason", ({ reason, from, to }) => {
    const others = reasons().filter(other => other !== reason);
    const also = others.filter(other => checkLine({ cases }, from, to, other).holds);
    const more: Record<string, string[]> = {
      "multiply by one": ["rearrange"],
      "add zero": ["rearrange"],
      Bayes: ["product rule"],
    };
    expect(also).toEqual(more[reason] ?? []);
  });

  it("has an example that runs", () => {
    const [, code = ""] = /```ts\n([\s\S]*?)```/.exec(guide) ?? [];
    const plain = code.replace(
      /\((x|z): number(, z: number)?\)/g,
      (_, first, second) => `(${first}${second ? ", z" : ""})`,
    );
    expect(() => new Function("derive", plain)(derive)).not.toThrow();
  });

  it("is linked from the README", () => {
    expect(readFileSync(join(root, "README.md"), "utf8")).toContain("(src/guide/derivations.md)");
  });
});
