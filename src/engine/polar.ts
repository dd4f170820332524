/** The four 32-bit words of xoroshiro128+. */
type State = readonly number[];

/**
 * Fills `values` with draws of N(0, 1) and returns the state after them: Marsaglia's polar method on xoroshiro128+.
 *
 * The same numbers as `randomNormal` of d3-random draws from `uniformFloat64` of pure-rand, several times sooner,
 * because the state lives in registers and both draws of a pair share their logarithm. A compiled step may draw as
 * many numbers as it multiplies.
 */
export function fillNormal(state: State, values: Float32Array): State {
  let [s01 = 0, s00 = 0, s11 = 0, s10 = 0] = state;
  // The four halves of two uniform numbers, of 26 and 27 bits by turns.
  const draws = new Int32Array(4);
  for (let i = 0; i < values.length; i += 2) {
    let x: number;
    let y: number;
    let r: number;
    do {
      for (let j = 0; j < 4; j++) {
        draws[j] = s00 + s10;
        const a0 = s10 ^ s00;
        const a1 = s11 ^ s01;
        const t00 = s00;
        s00 = (t00 << 24) ^ (s01 >>> 8) ^ a0 ^ (a0 << 16);
        s01 = (s01 << 24) ^ (t00 >>> 8) ^ a1 ^ ((a1 << 16) | (a0 >>> 16));
        s10 = (a1 << 5) ^ (a0 >>> 27);
        s11 = (a0 << 5) ^ (a1 >>> 27);
      }
      x = signed(draws[0] as number, draws[1] as number);
      y = signed(draws[2] as number, draws[3] as number);
      r = x * x + y * y;
    } while (r === 0 || r > 1);
    const scale = Math.sqrt((-2 * Math.log(r)) / r);
    values[i] = y * scale;
    if (i + 1 < values.length) values[i + 1] = x * scale;
  }
  return [s01, s00, s11, s10];
}

/** 2 u − 1 for the uniform number u of these 26 and 27 bits. */
const signed = (high: number, low: number): number => ((high & HIGH) * 2 ** -26 + (low & LOW) * 2 ** -53) * 2 - 1;

const HIGH = 2 ** 26 - 1;
const LOW = 2 ** 27 - 1;
