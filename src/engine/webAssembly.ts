/**
 * The parts of WebAssembly that loops over many numbers need, as bytes.
 *
 * https://webassembly.github.io/spec/core/binary/: each instruction below is named as in its text format.
 */
export type Code = readonly number[];

const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const LOCAL_TEE = 0x22;
const VECTOR = 0xfd;

export const I32 = 0x7f;
export const I64 = 0x7e;
export const F64 = 0x7c;
const V128 = 0x7b;

export const i32 = {
  const: (number: number): Code => [0x41, ...signed(BigInt(number))],
  or: [0x72],
  add: [0x6a],
  lessUnsigned: [0x49],
} as const;

export const i64 = {
  const: (number: number): Code => [0x42, ...signed(BigInt(number))],
  load: (address: number): Code => [...i32.const(address), 0x29, 0x03, 0x00],
  store: (address: number, value: Code): Code => [...i32.const(address), ...value, 0x37, 0x03, 0x00],
  add: [0x7c],
  and: [0x83],
  or: [0x84],
  xor: [0x85],
  shiftLeft: [0x86],
  rotateLeft: [0x89],
} as const;

export const f64 = {
  const: (number: number): Code => [0x44, ...new Uint8Array(Float64Array.of(number).buffer)],
  ofInteger: [0xb9],
  equal: [0x61],
  greater: [0x64],
  sqrt: [0x9f],
  add: [0xa0],
  sub: [0xa1],
  mul: [0xa2],
  div: [0xa3],
} as const;

/** Stores a float64 as float32, so many bytes after the address in a local. */
export const storeFloat = (address: number, offset: number, value: Code): Code => [
  ...getLocal(address),
  ...value,
  ...[0xb6, 0x38, 0x02],
  ...unsigned(offset),
];

/** Calls the imported function of that number. */
export const call = (index: number): Code => [0x10, ...unsigned(index)];

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
/** Sets a local, and leaves its value behind. */
export const teeLocal = (local: number): Code => [LOCAL_TEE, ...unsigned(local)];

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
  const advance = [...getLocal(POSITION), ...i32.const(16), ...i32.add, ...teeLocal(POSITION)];
  const again = [...getLocal(END), ...i32.lessUnsigned];
  const code = [...before, ...repeatWhile([...body, ...advance, ...again])];
  return moduleOf({ parameters: [I32, I32], locals: [[vectors, V128]], code });
}

/** Runs code again while the condition that it leaves behind is true. */
export const repeatWhile = (code: Code): Code => [0x03, 0x40, ...code, 0x0d, 0x00, 0x0b];

/** A module with one function, `run`, on the memory `env.memory`; `calls` names functions of `env` from f64 to f64. */
export function moduleOf({
  parameters,
  locals,
  code,
  calls = [],
}: {
  parameters: readonly number[];
  /** How many, of which type; they are numbered after the parameters. */
  locals: readonly (readonly [count: number, type: number])[];
  code: Code;
  calls?: readonly string[];
}): WebAssembly.Module {
  const declared = [locals.length, ...locals.flatMap(([count, type]) => [...unsigned(count), type])];
  const body = [...declared, ...code, 0x0b];
  const imported = calls.flatMap(call => [...name("env"), ...name(call), 0x00, 1]);
  const bytes = [
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [2, 0x60, parameters.length, ...parameters, 0, 0x60, 1, F64, 1, F64]), // types: of run, of calls
    ...section(2, [calls.length + 1, ...imported, ...name("env"), ...name("memory"), 0x02, 0x00, 0x01]), // imports
    ...section(3, [1, 0]), // one function, of the first type
    ...section(7, [1, ...name("run"), 0x00, calls.length]), // export
    ...section(10, [1, ...unsigned(body.length), ...body]),
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

/** LEB128 in two's complement: the highest bit of the last byte's seven is the sign. */
function signed(number: bigint): Code {
  const bytes = [];
  for (let rest = number; ; ) {
    const low = Number(rest & 127n);
    rest >>= 7n;
    if (rest === (low < 64 ? 0n : -1n)) return [...bytes, low];
    bytes.push(low + 128);
  }
}
