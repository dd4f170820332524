import { type Figure, figure } from "./figure.ts";
import { assertColumns } from "./numbers.ts";
import { colour, GREY, layout } from "./theme.ts";

export interface NetworkDiagram {
  /** From the inputs up, what stands in each unit. */
  layers: readonly (readonly string[])[];
  /** Below each layer but the first, a row for each unit below it and a column for each of its own: 1 where they are connected. */
  masks: readonly (readonly ArrayLike<number>[])[];
  /** What the inputs and outputs are called. */
  inputs: readonly string[];
  outputs: readonly string[];
  /** The output whose paths are followed down to the inputs, counted from 0. */
  output: number;
  /** Made of the inputs that it sees, counted from 0. */
  title: (seen: readonly number[]) => string;
}

/** A network of masked layers: all connections thin, those that lead to one output thick, and the inputs that it sees. */
export function networkDiagram({ layers, masks, inputs, outputs, output, title }: NetworkDiagram): Figure {
  assertShapes(layers, masks, inputs, outputs, output);
  const top = layers.length - 1;
  const widest = Math.max(...layers.map(units => units.length));
  const at = (layer: number, unit: number): [number, number] => [
    ((unit + 0.5) * widest) / (layers[layer] as readonly string[]).length - 0.5,
    layer,
  ];
  const edges = masks.flatMap((rows, layer) =>
    rows.flatMap((row, from) => Array.from(row).flatMap((value, to) => (value === 0 ? [] : [{ layer, from, to }]))),
  );
  const reached = layers.map(() => new Set<number>());
  reached[top]?.add(output);
  for (const { layer, from, to } of [...edges].reverse()) {
    if (reached[layer + 1]?.has(to)) reached[layer]?.add(from);
  }
  const used = edges.filter(({ layer, to }) => reached[layer + 1]?.has(to));
  const seen = [...(reached[0] as Set<number>)].sort((a, b) => a - b);
  const units = layers.flatMap((texts, layer) => texts.map((text, unit) => ({ text, layer, unit })));
  const fill = ({ layer, unit }: { layer: number; unit: number }) =>
    layer === 0 && seen.includes(unit) ? SEEN : layer === top && unit === output ? FOLLOWED : "#FFFFFF";
  const names = [
    ...inputs.map((text, unit) => ({ text, place: at(0, unit), shift: -0.32 })),
    ...outputs.map((text, unit) => ({ text, place: at(top, unit), shift: 0.32 })),
  ];
  const lines = (list: typeof edges, color: string, width: number) => ({
    type: "scatter",
    mode: "lines",
    x: list.flatMap(({ layer, from, to }) => [at(layer, from)[0], at(layer + 1, to)[0], null]),
    y: list.flatMap(({ layer }) => [layer, layer + 1, null]),
    line: { color, width },
    hoverinfo: "skip",
  });
  const text = title(seen);
  return figure({
    data: [
      lines(edges, "#D8D8D8", 1),
      lines(used, colour(0), 2.5),
      {
        type: "scatter",
        mode: "markers+text",
        text: units.map(unit => unit.text),
        x: units.map(({ layer, unit }) => at(layer, unit)[0]),
        y: units.map(({ layer }) => layer),
        marker: { size: 26, line: { color: GREY, width: 1 }, color: units.map(fill) },
        hoverinfo: "skip",
      },
      {
        type: "scatter",
        mode: "text",
        text: names.map(name => name.text),
        x: names.map(({ place }) => place[0]),
        y: names.map(({ place, shift }) => place[1] + shift),
        hoverinfo: "skip",
      },
    ],
    layout: layout(text, {
      width: 560,
      height: 120 + 120 * top,
      margin: { l: 20, r: 20, t: 45, b: 20 },
      showlegend: false,
      xaxis: { visible: false, range: [-0.6, widest - 0.4] },
      yaxis: { visible: false, range: [-0.6, top + 0.6] },
    }),
    alt:
      `${text}: a network of ${layers.map(({ length }) => length).join(", ")} units with ${edges.length} connections. ` +
      `${outputs[output]} sees ${seen.map(unit => inputs[unit]).join(", ") || "nothing"}.`,
  });
}

function assertShapes(
  layers: NetworkDiagram["layers"],
  masks: NetworkDiagram["masks"],
  inputs: readonly string[],
  outputs: readonly string[],
  output: number,
): void {
  if (layers.length < 2 || masks.length !== layers.length - 1) {
    throw new RangeError(
      `networkDiagram: there must be two layers at least and a mask between each two, but got ${layers.length} and ${masks.length}; count from the inputs.`,
    );
  }
  masks.forEach((rows, layer) => {
    const [below, above] = [layers[layer], layers[layer + 1]] as [readonly string[], readonly string[]];
    if (rows.length !== below.length) {
      throw new RangeError(
        `networkDiagram: mask ${layer} must have a row for each of ${below.length} units below it, but got ${rows.length}; its columns are the units above.`,
      );
    }
    for (const row of rows) assertColumns("networkDiagram", { "the layer above": above.map(() => 0), "a row": row });
  });
  if (inputs.length !== layers[0]?.length || outputs.length !== layers.at(-1)?.length) {
    throw new RangeError(
      `networkDiagram: there must be a name for each input and output, but got ${inputs.length} and ${outputs.length}; give each its own.`,
    );
  }
  if (outputs[output] === undefined) {
    throw new RangeError(
      `networkDiagram: output must lie in 0..${outputs.length - 1}, but got ${output}; it counts from 0.`,
    );
  }
}

const SEEN = "#F4B183";
const FOLLOWED = "#9CC9E8";
