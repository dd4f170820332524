/**
 * The parts of WebAssembly that a loop over vectors of four float32 needs, as bytes.
 *
 * https://webassembly.github.io/spec/core/binary/: each instruction below is named as in its text format.
 */
export type Code = readonly number[];

const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const LOCAL_TEE = 0x22;
const VECTOR = 0xfd;
const I32 = 0x7f;
const V128 = 0x7b;

/** Operations on four numbers at once. */
export const f32x4 = {
  abs: [VECTOR, 0xe0, 0x01],
  neg: [VECTOR, 0xe1, 0x01],
  sqrt: [VECTOR, 0xe3, 0x01],
  add: [VECTOR, 0xe4, 0x01],
  sub: [VECTOR, 0xe5, 0x01],
  mul: [VECTOR, 0xe6, 0x01],
  div: [VECTOR, 0xe7, 0x01],
  min: [VECTOR, 0xe8, 0x01],
  max: [VECTOR, 0xe9, 0x01],
  lt: [VECTOR, 0x43],
} as const satisfies Record<string, Code>;

/** a and not b, bit by bit. */
export const andnot: Code = [VECTOR, 0x4f];

export const getLocal = (local: number): Code => [LOCAL_GET, ...unsigned(local)];
export const setLocal = (local: number): Code => [LOCAL_SET, ...unsigned(local)];

/** The same number in all four lanes. */
export function splat(number: number): Code {
  return [0x43, ...new Uint8Array(Float32Array.of(number).buffer), VECTOR, 0x13];
}

/** The float32 at an address, in all four lanes. */
export const loadSplat = (address: number): Code => [0x41, 0x00, VECTOR, 0x09, 0x02, ...unsigned(address)];

/** The four float32 at an address plus the position of the loop. */
export const loadVector = (address: number): Code => [...getLocal(POSITION), VECTOR, 0x00, 0x04, ...unsigned(address)];

/** Stores what `value` computes at an address plus the position of the loop. */
export const storeVector = (address: number, value: Code): Code => [
  ...getLocal(POSITION),
  ...value,
  VECTOR,
  0x0b,
  0x04,
  ...unsigned(address),
];

const END = 0;
const POSITION = 1;

/** The number of the first local that is free for vectors. */
export const FIRST_VECTOR = 2;

/** A module with one function, `run(end, start)`: `before` once, then `body` at every 16th byte from start to end. */
export function loopModule({
  vectors,
  before,
  body,
}: {
  vectors: number;
  before: Code;
  body: Code;
}): WebAssembly.Module {
  const advance = [...getLocal(POSITION), 0x41, 16, 0x6a, LOCAL_TEE, POSITION];
  const again = [...getLocal(END), 0x49, 0x0d, 0x00];
  const loop = [0x03, 0x40, ...body, ...advance, ...again, 0x0b];
  const code = [1, ...unsigned(vectors), V128, ...before, ...loop, 0x0b];
  const bytes = [
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 2, I32, I32, 0]), // the type (i32, i32) → ()
    ...section(2, [1, ...name("env"), ...name("memory"), 0x02, 0x00, 0x01]), // import
    ...section(3, [1, 0]), // one function, of that type
    ...section(7, [1, ...name("run"), 0x00, 0x00]), // export
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ];
  return new WebAssembly.Module(Uint8Array.from(bytes));
}

const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];

const name = (text: string): Code => [text.length, ...new TextEncoder().encode(text)];

/** LEB128: seven bits a byte, the lowest first. */
function unsigned(number: number): Code {
  const bytes = [];
  let rest = number;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return bytes;
}
