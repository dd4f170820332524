import {
  type Code,
  call,
  F64,
  f64,
  getLocal,
  I32,
  I64,
  i32,
  i64,
  moduleOf,
  repeatWhile,
  setLocal,
  storeFloat,
  teeLocal,
} from "./webAssembly.ts";

/** The four 32-bit words of xoroshiro128+. */
type State = readonly number[];

/**
 * Fills `values` with draws of N(0, 1) and returns the state after them: Marsaglia's polar method on xoroshiro128+.
 *
 * The same numbers as `randomNormal` of d3-random draws from `uniformFloat64` of pure-rand, many times sooner, because
 * WebAssembly has the integers of 64 bits that the generator is made of, and both draws of a pair share their
 * logarithm. A compiled step may draw as many numbers as it multiplies.
 */
export function fillNormal(state: State, values: Float32Array): State {
  const [s01 = 0, s00 = 0, s11 = 0, s10 = 0] = state;
  words.set([s00, s01, s10, s11]);
  for (let from = 0; from < values.length; from += ROOM) {
    const count = Math.min(ROOM, values.length - from);
    // Pairs are drawn whole: of the last one, the second may be left over.
    draw(DRAWN, DRAWN + BYTES * (count + (count % 2)));
    values.set(drawn.subarray(0, count), from);
  }
  return [words[1], words[0], words[3], words[2]] as State;
}

const BYTES = Float32Array.BYTES_PER_ELEMENT;
/** Addresses: of the state, and of what is drawn. */
const [FIRST, SECOND, DRAWN] = [0, 8, 16];
/** How many numbers are drawn at once. */
const ROOM = 8192;

// The parameters and locals of `run(position, end)`.
const [POSITION, END, S0, S1, T, HIGH, X, Y, R, SCALE] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** t = s₀ ⊕ s₁; s₀ ← rotl(s₀, 24) ⊕ t ⊕ (t ≪ 16); s₁ ← rotl(t, 37) */
const advance: Code = [
  ...[...getLocal(S0), ...getLocal(S1), ...i64.xor, ...setLocal(T)],
  ...[...getLocal(S0), ...i64.const(24), ...i64.rotateLeft, ...getLocal(T), ...i64.xor],
  ...[...getLocal(T), ...i64.const(16), ...i64.shiftLeft, ...i64.xor, ...setLocal(S0)],
  ...[...getLocal(T), ...i64.const(37), ...i64.rotateLeft, ...setLocal(S1)],
];

/** The lowest bits of s₀ + s₁. */
const bits = (count: number): Code => [
  ...[...getLocal(S0), ...getLocal(S1), ...i64.add],
  ...[...i64.const(2 ** count - 1), ...i64.and],
];

/** 2 u − 1 for a uniform number u of 26 and then 27 bits. */
const signedUniform: Code = [
  ...[...bits(26), ...i64.const(27), ...i64.shiftLeft, ...setLocal(HIGH), ...advance],
  ...[...bits(27), ...getLocal(HIGH), ...i64.or, ...f64.ofInteger],
  ...[...f64.const(2 ** -52), ...f64.mul, ...f64.const(1), ...f64.sub],
];

const square = (local: number): Code => [...getLocal(local), ...getLocal(local), ...f64.mul];

/** A point (x, y) of the square, drawn anew while r = x² + y² is 0 or more than 1. */
const point: Code = repeatWhile([
  ...[...signedUniform, ...setLocal(X), ...advance],
  ...[...signedUniform, ...setLocal(Y), ...advance],
  ...[...square(X), ...square(Y), ...f64.add, ...teeLocal(R), ...f64.const(0), ...f64.equal],
  ...[...getLocal(R), ...f64.const(1), ...f64.greater, ...i32.or],
]);

const LOG = 0;

/** √(−2 log r / r) */
const scale: Code = [
  ...[...f64.const(-2), ...getLocal(R), ...call(LOG), ...f64.mul],
  ...[...getLocal(R), ...f64.div, ...f64.sqrt],
];

const scaled = (local: number): Code => [...getLocal(local), ...getLocal(SCALE), ...f64.mul];

const code: Code = [
  ...[...i64.load(FIRST), ...setLocal(S0), ...i64.load(SECOND), ...setLocal(S1)],
  ...repeatWhile([
    ...[...point, ...scale, ...setLocal(SCALE)],
    ...[...storeFloat(POSITION, 0, scaled(Y)), ...storeFloat(POSITION, BYTES, scaled(X))],
    ...[...getLocal(POSITION), ...i32.const(2 * BYTES), ...i32.add, ...teeLocal(POSITION)],
    ...[...getLocal(END), ...i32.lessUnsigned],
  ]),
  ...[...i64.store(FIRST, getLocal(S0)), ...i64.store(SECOND, getLocal(S1))],
];

const locals = [
  [4, I64],
  [4, F64],
] as const;
const memory = new WebAssembly.Memory({ initial: 1 });
const words = new Int32Array(memory.buffer, FIRST, 4);
const drawn = new Float32Array(memory.buffer, DRAWN, ROOM);
const module = moduleOf({ parameters: [I32, I32], locals, code, calls: ["log"] });
const { exports } = new WebAssembly.Instance(module, { env: { memory, log: Math.log } });
const draw = exports.run as (position: number, end: number) => void;
