import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { type CausalLayer, Memory, type Places, plus } from "./causal.ts";
import type { ConvolutionMask } from "./convolutionMask.ts";
import { Dense } from "./dense.ts";
import { gate, gateNumbers } from "./gate.ts";
import { MaskedConvolution, oneByOne } from "./maskedConvolution.ts";
import { namedParts, type Parameters } from "./parameters.ts";

export interface GatedStacksOptions {
  channels: number;
  layers: number;
  /** Default: 3. */
  size?: number;
  /** Length of the condition y, 0 for none. */
  context: number;
}

/**
 * `v' = gate(K ∗ v + V y)`, `h' = h + U gate(N ∗ h + L (K ∗ v) + V' y)`: the two stacks of a gated PixelCNN.
 *
 * v, the vertical stack, sees the rows above a place, h, the horizontal one, also what is left of it. v goes into h
 * and never the other way: h knows pixels of its row that v of the next column must not learn. van den Oord et al.,
 * Conditional Image Generation with PixelCNN Decoders, 2016, figure 2.
 */
export class GatedStacks implements CausalLayer {
  readonly parameters: Parameters;
  private readonly layers: GatedLayer[];
  private readonly output: MaskedConvolution;

  constructor(random: Random, { channels, layers, size = 3, context }: GatedStacksOptions) {
    this.layers = Array.from({ length: layers + 1 }, (_, i) =>
      makeLayer(random, { channels, size, context, first: i === 0 }),
    );
    this.output = oneByOne(random, channels, 1);
    const parts = this.layers.map((layer, i) => [`layer${i + 1}`, { parameters: namedParts({ ...layer }) }]);
    this.parameters = namedParts({ ...Object.fromEntries(parts), output: this.output });
  }

  /** y: [batch or 1, height or 1, width or 1, context] */
  apply(x: tf.Tensor, y?: tf.Tensor): tf.Tensor {
    const { h } = this.stacks(x, y);
    return this.output.apply(h.relu());
  }

  /** What the two stacks hold after the last layer, [batch, height, width, channels] each. */
  stacks(x: tf.Tensor, y?: tf.Tensor): { v: tf.Tensor; h: tf.Tensor } {
    const [count, height, width] = x.shape as [number, number, number];
    if (y) assertCondition(y, { count, height, width });
    let [v, h] = [x, x];
    this.layers.forEach(({ vertical, horizontal, link, mix, condition }, i) => {
      const above = vertical.apply(v);
      const own = horizontal.apply(h).add(link.apply(above));
      const [toV, toH] = condition && y ? tf.split(condition.apply(y), 2, -1) : [];
      v = gate.apply(toV ? above.add(toV) : above);
      const added = mix.apply(gate.apply(toH ? own.add(toH) : own));
      h = i === 0 ? added : h.add(added);
    });
    return { v, h };
  }

  /** The vertical stack is computed row by row, the horizontal one place by place. */
  stepwise(places: Places, y?: tf.Tensor): ReturnType<CausalLayer["stepwise"]> {
    if (y) assertCondition(y, places);
    const layers = this.layers.map((layer, i) => stepLayer(layer, places, i === 0, y));
    const output = this.output.stepwise(places);
    const last = new Memory(places);
    return (input, row, column) => {
      if (column === 0) {
        let v = input;
        for (const layer of layers) v = layer.vertical(v, row);
      }
      let h = input;
      for (const layer of layers) h = layer.horizontal(h, row, column);
      last.set(
        row,
        column,
        (h(row, column) as Float64Array).map(value => Math.max(value, 0)),
      );
      return output(last.at, row, column);
    };
  }
}

type GatedLayer = ReturnType<typeof makeLayer>;

function makeLayer(
  random: Random,
  { channels, size, context, first }: { channels: number; size: number; context: number; first: boolean },
) {
  const inputs = first ? 1 : channels;
  const type = first ? "A" : "B";
  const convolution = (shape: [number, number], mask: ConvolutionMask) =>
    new MaskedConvolution(random, { inputs, outputs: 2 * channels, size: shape, mask });
  return {
    vertical: convolution([size, size], `vertical ${type}`),
    horizontal: convolution([1, size], `horizontal ${type}`),
    link: oneByOne(random, 2 * channels, 2 * channels),
    mix: oneByOne(random, channels, channels),
    ...(context > 0 ? { condition: new Dense(random, context, 4 * channels) } : {}),
  };
}

/** One layer in plain numbers. */
function stepLayer(layer: GatedLayer, places: Places, first: boolean, y: tf.Tensor | undefined) {
  const { count, width } = places;
  const [vertical, horizontal] = [layer.vertical.stepwise(places), layer.horizontal.stepwise(places)];
  const [link, mix] = [layer.link.stepwise(places), layer.mix.stepwise(places)];
  const [above, v, gated, h] = [new Memory(places), new Memory(places), new Memory(places), new Memory(places)];
  const condition = conditionAt(layer, y);
  return {
    vertical(input: Memory["at"], row: number): Memory["at"] {
      for (let column = 0; column < width; column++) {
        const sum = vertical(input, row, column);
        above.set(row, column, sum);
        v.set(row, column, gateNumbers(condition(sum, 0, row, column), count));
      }
      return v.at;
    },
    horizontal(input: Memory["at"], row: number, column: number): Memory["at"] {
      const sum = plus(horizontal(input, row, column), link(above.at, row, column));
      gated.set(row, column, gateNumbers(condition(sum, 1, row, column), count));
      const added = mix(gated.at, row, column);
      h.set(row, column, first ? added : plus(input(row, column) as Float64Array, added));
      return h.at;
    },
  };
}

/** Throws unless there is one y for all images or one for each, and one for all places or one for each. */
function assertCondition({ shape }: tf.Tensor, { count, height, width }: Places): void {
  if ([count, height, width].every((size, axis) => [1, size].includes(shape[axis] as number))) return;
  throw new RangeError(
    `GatedStacks: y must broadcast to [${[count, height, width]}], but got [${shape.slice(0, 3)}]; give one y, or one for each image.`,
  );
}

/** Adds the part of the condition that belongs to the vertical (0) or horizontal (1) stack at a place. */
function conditionAt({ condition }: GatedLayer, y: tf.Tensor | undefined) {
  if (!condition || !y) return (sum: Float64Array) => sum;
  const projected = tf.tidy(() => condition.apply(y)); // [batch or 1, height or 1, width or 1, 4 · channels]
  const [values, shape] = [projected.dataSync(), projected.shape as [number, number, number, number]];
  projected.dispose();
  const [, rows, columns, channels] = shape;
  return (sum: Float64Array, stack: 0 | 1, row: number, column: number): Float64Array =>
    sum.map((value, at) => {
      const [n, i] = [Math.floor(at / (channels / 2)), at % (channels / 2)];
      const place = ((shape[0] === 1 ? 0 : n) * rows + (rows === 1 ? 0 : row)) * columns + (columns === 1 ? 0 : column);
      return value + (values[place * channels + (stack * channels) / 2 + i] as number);
    });
}
