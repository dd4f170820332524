import { sameShape, sizeOf, type Value } from "../onnx/index.ts";
import type { State, Trace } from "../trace/index.ts";

/** One operation of an update, on the results of earlier ones. */
export type Instruction =
  | { kind: "number"; number: number }
  /** A number that the graph computes at each step, such as the learning rate. */
  | { kind: "scalar"; id: number }
  | { kind: "gradient" }
  /** An entry of the vector at this place in `Recurrence.states`. */
  | { kind: "state"; state: number }
  | { kind: "operation"; operator: VectorOperator; operands: readonly number[] };

export type VectorOperator = "Add" | "Sub" | "Mul" | "Div" | "Max" | "Min" | "Neg" | "Sqrt" | "Abs" | "Reciprocal";

const vectorOperators = new Set<string>(["Add", "Sub", "Mul", "Div", "Max", "Min", "Neg", "Sqrt", "Abs", "Reciprocal"]);

/**
 * `θ, m, v, … ← f(θ, m, v, …, ∇θ)`, entry by entry: how one parameter and the averages kept for it are updated.
 *
 * Two parameters with equal instructions are updated alike, and so can share a loop.
 */
export interface Recurrence {
  /** The parameter first, then what the update keeps for it, in order of first use. */
  states: readonly State[];
  gradient: Value;
  instructions: readonly Instruction[];
  /** The instruction whose result becomes each state. */
  results: readonly number[];
  scalars: readonly Value[];
}

/** The update of a parameter read back from the graph; undefined where it is not entry by entry. */
export function recurrenceOf(parameter: State, trace: Trace): Recurrence | undefined {
  const gradient = trace.gradients.get(parameter.variable);
  const size = sizeOf(parameter.input.shape);
  if (gradient === undefined || size === 1 || parameter.input.dtype !== "float32") return undefined;
  const reader = new Reader(gradient, new Map(trace.states.map(state => [state.input, state])), size);
  const results: number[] = [];
  reader.states.push(parameter);
  // Reading an update finds further states, whose updates are read in turn.
  for (let i = 0; i < reader.states.length; i++) {
    const state = reader.states[i] as State;
    const result = state.output === state.input ? undefined : reader.read(state.output);
    if (result === undefined) return undefined;
    results.push(result);
  }
  const { states, instructions, scalars } = reader;
  return { states, gradient, instructions, results, scalars: [...scalars] };
}

class Reader {
  readonly states: State[] = [];
  readonly instructions: Instruction[] = [];
  readonly scalars = new Set<Value>();
  private readonly known = new Map<Value, number>();

  constructor(
    private readonly gradient: Value,
    private readonly stateOf: ReadonlyMap<Value, State>,
    private readonly size: number,
  ) {}

  /** The instruction that computes a value; undefined where none does. */
  read(value: Value): number | undefined {
    const known = this.known.get(value);
    if (known !== undefined) return known;
    const instruction = this.instructionFor(value);
    if (instruction === undefined) return undefined;
    const place = this.instructions.push(instruction) - 1;
    this.known.set(value, place);
    return place;
  }

  private instructionFor(value: Value): Instruction | undefined {
    if (value === this.gradient) return { kind: "gradient" };
    if (value.fill !== undefined) return { kind: "number", number: value.fill };
    if (sizeOf(value.shape) === 1) {
      this.scalars.add(value);
      return { kind: "scalar", id: value.id };
    }
    const state = this.stateOf.get(value);
    if (state !== undefined) return this.instructionForState(state);
    if (value.operator === "Expand") return this.instructionFor(value.inputs[0] as Value);
    if (!isVectorOperator(value.operator) || sizeOf(value.shape) !== this.size) return undefined;
    const operands = value.inputs.map(input => this.read(input));
    if (!operands.every(operand => operand !== undefined)) return undefined;
    return { kind: "operation", operator: value.operator, operands };
  }

  private instructionForState(state: State): Instruction | undefined {
    const [parameter] = this.states as [State];
    if (!sameShape(state.input.shape, parameter.input.shape)) return undefined;
    const known = this.states.indexOf(state);
    return { kind: "state", state: known >= 0 ? known : this.states.push(state) - 1 };
  }
}

function isVectorOperator(operator: string): operator is VectorOperator {
  return vectorOperators.has(operator);
}
