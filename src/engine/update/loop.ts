import type { Instruction, Recurrence, VectorOperator } from "./recurrence.ts";
import {
  andnot,
  type Code,
  FIRST_VECTOR,
  f32x4,
  getLocal,
  loadSplat,
  loadVector,
  loopModule,
  setLocal,
  splat,
  storeVector,
} from "../webAssembly.ts";

/** Where the vectors of an update lie in memory, in bytes. */
export interface Addresses {
  states: readonly number[];
  gradient: number;
  /** Of a scalar, by the id of its value. */
  scalar: (id: number) => number;
}

/** The update of all entries as one loop in WebAssembly, four at a time. */
export function compileLoop(
  recurrence: Recurrence,
  addresses: Addresses,
  memory: WebAssembly.Memory,
  bytes: number,
): () => void {
  const module = loopModule(codeFor(recurrence, addresses));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const run = exports.run as (end: number, start: number) => void;
  return () => run(bytes, 0);
}

function codeFor({ instructions, results }: Recurrence, addresses: Addresses) {
  const before: number[] = [];
  const body: number[] = [];
  let next = FIRST_VECTOR;
  /** Puts the result of some code in a new local; what is the same for every entry is computed once. */
  const hold = (code: Code, everyEntry: boolean): number => {
    const local = next++;
    (everyEntry ? body : before).push(...code, ...setLocal(local));
    return local;
  };
  const locals: { local: number; varies: boolean; inverse?: number }[] = [];
  const at = (instruction: number) => locals[instruction] as (typeof locals)[number];

  for (const instruction of instructions) {
    const operands = instruction.kind === "operation" ? instruction.operands.map(at) : [];
    const varies = instruction.kind === "state" || instruction.kind === "gradient" || operands.some(o => o.varies);
    const [dividend, divisor] = operands;
    if (instruction.kind === "operation" && instruction.operator === "Div" && dividend && divisor && !divisor.varies) {
      // One division for all entries: the others multiply by the inverse.
      divisor.inverse ??= hold([...splat(1), ...getLocal(divisor.local), ...f32x4.div], false);
      const product = [...getLocal(dividend.local), ...getLocal(divisor.inverse), ...f32x4.mul];
      locals.push({ local: hold(product, varies), varies });
    } else {
      const code = codeOf(
        instruction,
        operands.map(({ local }) => getLocal(local)),
        addresses,
      );
      locals.push({ local: hold(code, varies), varies });
    }
  }
  const smallest = hold(splat(SMALLEST_NORMAL), false);
  results.forEach((instruction, state) => {
    const value = getLocal(at(instruction).local);
    // Averages of vanished gradients decay into denormal numbers, with which every operation takes many times longer.
    const flushed = [...value, ...value, ...f32x4.abs, ...getLocal(smallest), ...f32x4.lt, ...andnot];
    body.push(...storeVector(addresses.states[state] as number, flushed));
  });
  return { vectors: next - FIRST_VECTOR, before, body };
}

const SMALLEST_NORMAL = 2 ** -126;

function codeOf(instruction: Instruction, operands: readonly Code[], addresses: Addresses): Code {
  switch (instruction.kind) {
    case "number":
      return splat(instruction.number);
    case "scalar":
      return loadSplat(addresses.scalar(instruction.id));
    case "gradient":
      return loadVector(addresses.gradient);
    case "state":
      return loadVector(addresses.states[instruction.state] as number);
    case "operation":
      if (instruction.operator === "Reciprocal") return [...splat(1), ...operands.flat(), ...f32x4.div];
      return [...operands.flat(), ...opcodes[instruction.operator]];
  }
}

const opcodes: Readonly<Record<Exclude<VectorOperator, "Reciprocal">, Code>> = {
  Add: f32x4.add,
  Sub: f32x4.sub,
  Mul: f32x4.mul,
  Div: f32x4.div,
  Max: f32x4.max,
  Min: f32x4.min,
  Neg: f32x4.neg,
  Sqrt: f32x4.sqrt,
  Abs: f32x4.abs,
};
