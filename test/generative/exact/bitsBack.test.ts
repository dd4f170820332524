import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import {
  arithmeticDecode,
  arithmeticEncode,
  arithmeticPrefix,
  bitsBackDecode,
  bitsBackEncode,
} from "../../../src/generative/exact/index.ts";

// Three causes, four symptoms.
const prior = [0.5, 0.3, 0.2];
const likelihood = [
  [0.7, 0.1, 0.1, 0.1],
  [0.2, 0.3, 0.3, 0.2],
  [0.05, 0.05, 0.1, 0.8],
];
const joint = (x: number) => prior.map((p, z) => p * ((likelihood[z] as number[])[x] as number));
const normalised = (p: number[]) => p.map(value => value / p.reduce((a, b) => a + b));
const posterior = [0, 1, 2, 3].map(x => normalised(joint(x)));
const blurred = posterior.map(p => normalised(p.map(value => value + 0.3)));
const point = posterior.map(p => p.map(value => (value === Math.max(...p) ? 1 - 2e-9 : 1e-9)));

const random = new Random(8);
const data = Array.from({ length: 800 }, () => random.integer(4));
const extra = Uint8Array.from({ length: 2500 }, () => random.integer(2));
const sum = (f: (x: number) => number) => data.reduce((total, x) => total + f(x), 0);

function costs(encoder: number[][]) {
  const model = { prior, likelihood, encoder };
  const message = bitsBackEncode(data, model, extra);
  return {
    net: message.bits.length - extra.length,
    returned: message.returned,
    back: bitsBackDecode(message.bits, data.length, model, extra.length),
  };
}

describe("bits-back coding", () => {
  it.each([
    ["posterior", posterior],
    ["blurred", blurred],
    ["point", point],
  ])("gives data and extra bits back: %s", (_, encoder) => {
    const { back } = costs(encoder as number[][]);
    expect(back.data).toEqual(data);
    expect([...back.extra]).toEqual([...extra]);
  });

  it("costs −log₂ p(x) with the posterior, whatever z was drawn, to a few bits in all", () => {
    const evidence = sum(x => -Math.log2(joint(x).reduce((a, b) => a + b)));
    expect(Math.abs(costs(posterior).net - evidence)).toBeLessThan(6);
  });

  it("costs −ELBO on average with another q, and not less than −log₂ p(x)", () => {
    const terms = (x: number) =>
      (blurred[x] as number[]).map((q, z) => ({ q, bits: Math.log2(q) - Math.log2(joint(x)[z] as number) }));
    const mean = (x: number) => terms(x).reduce((total, { q, bits }) => total + q * bits, 0);
    const variance = sum(x => terms(x).reduce((total, { q, bits }) => total + q * (bits - mean(x)) ** 2, 0));
    const evidence = sum(x => -Math.log2(joint(x).reduce((a, b) => a + b)));
    const { net } = costs(blurred);
    expect(Math.abs(net - sum(mean))).toBeLessThan(4.5 * Math.sqrt(variance) + 6);
    expect(sum(mean)).toBeGreaterThan(evidence + 20);
  });

  it("has no bits to give back where q is a point", () => {
    expect(costs(point).returned).toBeLessThan(3);
  });

  it("refuses tables that do not fit together, data that are none, and a z that cannot have been", () => {
    const model = { prior, likelihood, encoder: posterior };
    expect(() => bitsBackEncode(data, { ...model, prior: [0.5, 0.5] }, extra)).toThrow(
      /likelihood must be 2 × 4 and encoder 4 × 2.*but got a row of 3/,
    );
    expect(() => bitsBackEncode(data, { ...model, likelihood: likelihood.slice(1) }, extra)).toThrow(
      /but got 2 rows of likelihood/,
    );
    expect(() => bitsBackDecode(extra, 3, { ...model, encoder: posterior.slice(1) }, 100)).toThrow(/a row of 4/);
    for (const x of [4, 0.5, Number.NaN]) {
      expect(() => bitsBackEncode([x], model, extra)).toThrow(/a datum must be an integer from 0 to 3, but got/);
    }
    const impossible = [[0, 0.5, 0.5, 0], ...likelihood.slice(1)];
    expect(() => bitsBackEncode(Array(30).fill(0), { ...model, likelihood: impossible }, extra)).toThrow(
      /a symbol must have a positive probability, but got 0 for 0/,
    );
    expect(() => bitsBackEncode([0], { ...model, encoder: [[1.5, -0.5, 0], ...posterior.slice(1)] }, extra)).toThrow(
      /must not be negative, but got -0.5/,
    );
    const { bits } = bitsBackEncode(data, model, extra);
    for (const length of [0, Number.NaN, 1e9]) {
      expect(() => bitsBackDecode(bits, data.length, model, length)).toThrow(/extraLength must be that of the extra/);
    }
    expect(() => bitsBackDecode(bits, -1, model, 100)).toThrow(/length must be a count, but got -2/);
  });

  it("needs 32 extra bits beyond those that the draws take", () => {
    const model = { prior, likelihood, encoder: posterior };
    const { returned } = bitsBackEncode(data, model, extra);
    const enough = extra.subarray(0, returned + 32);
    const message = bitsBackEncode(data, model, enough);
    expect(message.returned).toBe(returned);
    expect([...bitsBackDecode(message.bits, data.length, model, enough.length).extra]).toEqual([...enough]);
    expect(() => bitsBackEncode(data, model, extra.subarray(0, returned + 31))).toThrow(/32 bits more than the draws/);
    // No bit of the message, or all of them, may be extra ones.
    const { bits } = message;
    expect([...bitsBackDecode(bits, data.length, model, returned).extra]).toEqual([...extra.subarray(0, returned)]);
    expect(bitsBackDecode(bits, data.length, model, returned + bits.length).extra.length).toBe(returned + bits.length);
    for (const length of [returned - 1, returned + bits.length + 1]) {
      expect(() => bitsBackDecode(bits, data.length, model, length)).toThrow(/^bitsBackDecode: extraLength must be/);
    }
  });

  it("names what is no bits, and the row of the model that is none", () => {
    const model = { prior, likelihood, encoder: posterior };
    expect(() => bitsBackEncode([0], model, [0, 1] as never)).toThrow(
      "bitsBackEncode: extra must be a Uint8Array, but got an array of 2; one bit is one entry.",
    );
    expect(() => bitsBackDecode([0, 1] as never, 1, model, 1)).toThrow(
      "bitsBackDecode: bits must be a Uint8Array, but got an array of 2; one bit is one entry.",
    );
    expect(() => bitsBackEncode([0], { prior } as never, extra)).toThrow(
      "bitsBackEncode: model must be an object with prior, likelihood, encoder, but got undefined for likelihood;",
    );
    const without = (rows: number[][], at: number) => rows.map((row, i) => (i === at ? 5 : row)) as never;
    for (const at of [0, 2]) {
      expect(() => bitsBackEncode([0], { ...model, likelihood: without(likelihood, at) }, extra)).toThrow(
        `bitsBackEncode: row ${at} of likelihood must be an array, but got 5;`,
      );
    }
    for (const at of [0, 3]) {
      expect(() => bitsBackDecode(extra, 1, { ...model, encoder: without(posterior, at) }, 1)).toThrow(
        `bitsBackDecode: row ${at} of encoder must be an array, but got 5;`,
      );
    }
  });

  it("says which of the two refuses a model", () => {
    const odd = { prior: [1], likelihood, encoder: posterior };
    expect(() => bitsBackEncode(data, odd, extra)).toThrow(/^bitsBackEncode: likelihood must be/);
    expect(() => bitsBackDecode(extra, 3, odd, 100)).toThrow(/^bitsBackDecode: likelihood must be/);
  });

  it("says so where the extra bits do not suffice", () => {
    expect(() => bitsBackEncode(data, { prior, likelihood, encoder: posterior }, extra.subarray(0, 100))).toThrow(
      "extra must have 32 bits more",
    );
  });
});

it("arithmeticPrefix is what every message begins with that decodes to the symbols", () => {
  const predict = () => [0.2, 0.5, 0.3];
  const symbols = Array.from({ length: 60 }, () => random.integer(3));
  const prefix = [...arithmeticPrefix(symbols, predict)];
  const code = [...arithmeticEncode(symbols, predict)];
  expect(code.slice(0, prefix.length)).toEqual(prefix);
  expect(code.length - prefix.length).toBeLessThan(12);
  // Any bits decode to something; what they begin with is then known.
  for (let i = 0; i < 20; i++) {
    const bits = Array.from({ length: 200 }, () => random.integer(2));
    const decoded = arithmeticDecode(bits, 60, predict);
    const known = [...arithmeticPrefix(decoded, predict)];
    expect(bits.slice(0, known.length)).toEqual(known);
  }
});
