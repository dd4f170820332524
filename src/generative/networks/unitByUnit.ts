/** A masked layer as plain numbers: kernel and mask are [inputs · outputs], row by row. */
export interface MaskedLayer {
  kernel: ArrayLike<number>;
  mask: ArrayLike<number>;
  bias: ArrayLike<number>;
  inputDegrees: readonly number[];
  outputDegrees: readonly number[];
}

/**
 * The outputs of a masked perceptron in the ordering given, each as soon as the inputs it sees are known.
 *
 * A unit is computed once, when the last input that it depends on arrives, and kept: all d outputs together cost
 * as many multiplications as one ordinary pass. That is why caching makes sampling cheap and changes nothing.
 *
 * `context`: for each sample, the inputs of degree 0, which are known from the start.
 *
 * @throws RangeError where an output depends on an input that is not known when it is asked for
 */
export function unitByUnit(
  layers: readonly MaskedLayer[],
  ordering: readonly number[],
  activation: (x: number) => number,
  count: number,
  context: readonly ArrayLike<number>[] = [],
): { next(previous?: ArrayLike<number>): Float32Array } {
  const first = layers[0] as MaskedLayer;
  const degrees = (layers.at(-1) as MaskedLayer).outputDegrees;
  const due = dueSteps(layers);
  const late = degrees.find((degree, i) => (due.at(-1)?.[i] as number) >= degree);
  if (late !== undefined) {
    throw new RangeError(
      `unitByUnit: an output must see lower degrees only, but got one of degree ${late} that sees its own; give one layer type A.`,
    );
  }
  // values[layer][unit · count + n]: inputs first, then each layer; unknown ones are 0, and no unit reads them.
  const values = [first.inputDegrees, ...layers.map(({ outputDegrees }) => outputDegrees)].map(
    ({ length }) => new Float64Array(length * count),
  );
  context.forEach((inputs, n) => {
    for (let j = 0; j < inputs.length; j++)
      (values[0] as Float64Array)[(degrees.length + j) * count + n] = inputs[j] as number;
  });
  let known = -1; // the highest degree whose inputs are all known
  let k = 0;
  return {
    next(previous) {
      if (previous) (values[0] as Float64Array).set(Array.from(previous), (ordering[k - 1] as number) * count);
      const unit = ordering[k++] as number;
      const outputs = () =>
        Float32Array.from((values.at(-1) as Float64Array).subarray(unit * count, (unit + 1) * count));
      if (known === (degrees[unit] as number) - 1) return outputs();
      known = (degrees[unit] as number) - 1;
      layers.forEach((layer, l) => {
        const last = l === layers.length - 1;
        due[l]?.forEach((step, unit) => {
          if (step === known)
            compute(
              layer,
              unit,
              values[l] as Float64Array,
              values[l + 1] as Float64Array,
              count,
              last ? x => x : activation,
            );
        });
      });
      return outputs();
    },
  };
}

/** For each unit of each layer, the highest degree of an input that must be known before it can be computed. */
function dueSteps(layers: readonly MaskedLayer[]): number[][] {
  let before: readonly number[] = (layers[0] as MaskedLayer).inputDegrees;
  return layers.map(({ mask, outputDegrees: { length: outputs } }) => {
    const due = Array.from({ length: outputs }, (_, j) =>
      before.reduce((latest, step, i) => (mask[i * outputs + j] ? Math.max(latest, step) : latest), 0),
    );
    before = due;
    return due;
  });
}

/** One unit for every sample: activation(Σ_i w_i h_i + b). */
function compute(
  { kernel, mask, bias, outputDegrees: { length: outputs } }: MaskedLayer,
  unit: number,
  from: Float64Array,
  to: Float64Array,
  count: number,
  activation: (x: number) => number,
): void {
  const sums = new Float64Array(count).fill(bias[unit] as number);
  const inputs = from.length / count;
  for (let i = 0; i < inputs; i++) {
    if (!mask[i * outputs + unit]) continue;
    const weight = kernel[i * outputs + unit] as number;
    for (let n = 0; n < count; n++) sums[n] = (sums[n] as number) + weight * (from[i * count + n] as number);
  }
  to.set(sums.map(activation), unit * count);
}
