import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { describe, expect, it, vi } from "vitest";
import { checkLines, DerivationError, type Line } from "../../../../src/generative/derivation/index.ts";
import { slowness } from "../../../../src/kernel/process/slowness.ts";
import { chains, define } from "./chains.ts";
import { cases } from "./examples.ts";

vi.setConfig({ testTimeout: 240_000 * slowness() });

const generator = xoroshiro128plus(21);
const below = (count: number) => uniformInt(generator, 0, count - 1);
const one = <Value>(values: readonly Value[]) => values[below(values.length)] as Value;

const tokens =
  "p q r x z y log exp sqrt KL H E_q E_p E integral sum ELBO f ( ) [ ] , | + - * / ^ = >= <= < ; : ? ! ' \" . _ 0 1 2.5 1e9 1e400 true null NaN pi i e $ @ ~ & % { } \\ \n \t − – · × \u00a0 \u200b р ρ 𝔼 🎲 \ud800 mod to not ln foo __proto__ constructor end".split(
    " ",
  );
const written = Object.values(chains).flatMap(lines =>
  lines.map(line => (typeof line === "string" ? line : "line" in line ? line.line : line[0])),
);

/** A line of a chain in which something was left out, put in, doubled or exchanged. */
function mutated(): string {
  let line = one(written);
  for (let i = below(3); i >= 0; i--) {
    const [from, to] = [below(line.length + 1), below(line.length + 1)].sort((a, b) => a - b) as [number, number];
    const parts = [
      () => line.slice(0, from) + line.slice(to),
      () => line.slice(0, from) + one(tokens) + line.slice(from),
      () => line.slice(0, to) + line.slice(from),
      () => line.slice(0, from) + one(tokens) + line.slice(from + 1),
      () => line.slice(0, from) + one(written) + line.slice(to),
    ];
    line = one(parts)();
  }
  return line;
}

const randomLine = () =>
  `${one(["= ", ">= ", ""])}${Array.from({ length: 1 + below(14) }, () => one(tokens)).join(one(["", " "]))}`;
const reasons = ["Bayes", "logarithm", "definition", "linearity", "KL >= 0", "rearrange"] as const;

/** What becomes of a line: nothing but a verdict or a DerivationError that says where and what to do. */
function become(line: string): string {
  const lines: Line[] = ["E_q[log(p(x,z) / q(z))]", [line, one(reasons)]];
  const start = performance.now();
  let told: string;
  try {
    const { lines: checked } = checkLines({ cases, define }, lines);
    told = checked[1]?.fault?.message ?? "follows";
  } catch (error) {
    if (!(error instanceof DerivationError)) throw error;
    told = error.message;
    expect(error.place).toMatchObject({ part: "line", number: 2, text: line });
    const { character = 1 } = error.place;
    expect(character).toBeGreaterThanOrEqual(1);
    expect(character).toBeLessThanOrEqual([...line].length + 1);
    expect(told).toMatch(/^derive, line 2(, (character \d+ of )?".*")?: .+ must .+, but (got|on) .+; .+\.$/u);
  }
  expect(performance.now() - start).toBeLessThan(1000 * slowness());
  expect(told).not.toMatch(/\n|undefined|\[object|NaN of|is not a function/);
  expect(told.length).toBeLessThan(900);
  return told;
}

describe("any line", () => {
  it.each(Array.from({ length: 10 }, (_, i) => i + 1))("is judged or refused, in time: the %ith hundred twice", () => {
    for (let i = 0; i < 100; i++)
      for (const line of [mutated(), randomLine()]) {
        try {
          become(line);
        } catch (error) {
          throw new Error(`at ${JSON.stringify(line)}: ${error}`, { cause: error });
        }
      }
  });

  it.each([
    ["a sum of a thousand terms", `= 1${" + 1".repeat(1000)}`, /at most 1000 characters, but got 400\d/],
    ["brackets in brackets", `= ${"(".repeat(400)}1${")".repeat(400)}`, /at most 40 brackets one in another/],
    ["brackets that never close", `= ${"(".repeat(900)}`, /at most 40 brackets/],
    ["logarithms of logarithms", `= ${"log(".repeat(100)}p(x)${")".repeat(100)}`, /at most 40 brackets/],
    ["signs in front of signs", `= ${"-".repeat(900)}1`, /at most 150 operations one in another/],
    ["powers of powers", `= ${"2^".repeat(450)}2`, /at most 150 operations/],
    ["a sum of many terms", `= 1${" + 1".repeat(200)}`, /at most 150 operations/],
    ["a name of a thousand letters", `= ${"a".repeat(990)}`, /but got "a{30,}…"; add a{30,}… to/],
    ["a hundred thousand letters", `= ${"a".repeat(100_000)}`, /at most 1000 characters, but got 100000;/],
    ["integrals over the same", "= integral(p(x,z), z, z, z, z)", /over which variable, each once/],
    [
      "products that multiply out to a million terms",
      `= ${"(p(x) + p(z)) * (1 + p(x|z)) * ".repeat(20)}1`,
      /must equal line 1/,
    ],
    ["a high power", `= (p(x) + p(z) + p(x|z) + q(z) + 1)^8 * (1 + p(x) + p(z))^8`, /must equal line 1/],
    ["an average in an average", `= ${"E_q[".repeat(12)}log(p(x))${"]".repeat(12)}`, /./],
    ["nothing", "= ", /a line must be an expression, but got nothing; write one/],
    ["nothing at all", "", /must begin with =/],
    ["two relations", "== 1", /must begin with one of =, >= and <=, but got "== 1"; write one/],
  ])("%s", (_, line, says) => expect(become(line)).toMatch(says));
});
