import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { arithmeticDecode, arithmeticEncode, type Predict } from "../../../src/generative/exact/index.ts";

/** A model that depends on everything before: K values, with weights made from the history. */
function historyModel(K: number, sharpness: number): Predict {
  return before => {
    const hash = before.reduce((sum, symbol) => (31 * sum + symbol + 7) % 1009, 3);
    const weights = Array.from({ length: K }, (_, k) => Math.exp(sharpness * Math.sin(hash + 2.1 * k)));
    const total = weights.reduce((a, b) => a + b);
    return weights.map(weight => weight / total);
  };
}

function draw(length: number, predict: Predict, random: Random): number[] {
  const symbols: number[] = [];
  for (const u of random.uniformArray(length)) {
    const p = predict(symbols);
    let symbol = 0;
    for (let left = u; symbol < p.length - 1 && left >= (p[symbol] as number); symbol++) left -= p[symbol] as number;
    symbols.push(symbol);
  }
  return symbols;
}

const bitsOf = (symbols: readonly number[], predict: Predict) =>
  symbols.reduce((sum, symbol, i) => sum - Math.log2(predict(symbols.slice(0, i))[symbol] as number), 0);

describe("the arithmetic coder", () => {
  const cases = [
    { K: 2, sharpness: 0.5, length: 300 },
    { K: 2, sharpness: 5, length: 300 },
    { K: 10, sharpness: 2, length: 100 },
    { K: 256, sharpness: 3, length: 40 },
    { K: 3, sharpness: 1, length: 0 },
    { K: 3, sharpness: 1, length: 1 },
  ];

  it.each(cases)("gives back $length of $K symbols, in −log₂ p to −log₂ p + 2 bits", ({ K, sharpness, length }) => {
    const predict = historyModel(K, sharpness);
    const random = new Random(11);
    for (let trial = 0; trial < 20; trial++) {
      const symbols = draw(length, predict, random);
      const bits = arithmeticEncode(symbols, predict);
      expect(arithmeticDecode(bits, length, predict)).toEqual(symbols);
      // Rounding probabilities to multiples of 2⁻²⁰ may cost a little more than the two bits.
      expect(bits.length).toBeGreaterThan(bitsOf(symbols, predict) - 0.05);
      expect(bits.length).toBeLessThanOrEqual(bitsOf(symbols, predict) + 2.05);
    }
  });

  it("gives back symbols that hardly ever occur, in about 20 bits each", () => {
    const certain = () => [1 - 1e-12, 1e-12];
    const symbols = [0, 0, 1, 0, 1, 1, 0, 0, 0];
    const bits = arithmeticEncode(symbols, certain);
    expect(arithmeticDecode(bits, symbols.length, certain)).toEqual(symbols);
    expect(bits.length).toBeLessThanOrEqual(62);
  });

  it("survives an interval that straddles the middle for long", () => {
    // 0.5 ± a hair: no leading bit is settled for many symbols.
    const middle = () => [0.4999999, 0.0000002, 0.4999999];
    const symbols = [1, 1, 1, 1, 0, 2, 1, 2, 1, 0];
    expect(arithmeticDecode(arithmeticEncode(symbols, middle), symbols.length, middle)).toEqual(symbols);
  });

  it("can be decoded with other messages after it", () => {
    const predict = historyModel(4, 1);
    const symbols = draw(50, predict, new Random(5));
    const bits = arithmeticEncode(symbols, predict);
    for (const tail of [0, 1]) {
      const followed = [...bits, ...Array<number>(64).fill(tail)];
      expect(arithmeticDecode(followed, 50, predict)).toEqual(symbols);
    }
  });

  it("refuses a symbol without a place and probabilities that do not sum to 1", () => {
    expect(() => arithmeticEncode([2], () => [0.5, 0.5])).toThrow(/from 0 to 1, but got 2/);
    expect(() => arithmeticEncode([0], () => [0.5, 0.6])).toThrow(/must sum to 1, but got 1.1/);
  });
});
