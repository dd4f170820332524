import { type Figure, figure, type Plain } from "./figure.ts";
import { assertColumns, inWords, rounded } from "./numbers.ts";
import { sliderLayout } from "./sliders.ts";
import { axis, colour } from "./theme.ts";

export interface LinearMap {
  /** J = U Σ Vᵀ of the plane: two angles in radians, the two factors, and whether U also mirrors. */
  first: number;
  scales: readonly [number, number];
  second: number;
  mirrored?: boolean;
  title?: string;
}

/** What a linear map does to the unit square and circle, in three steps of a slider: rotate, scale, rotate. */
export function linearMap({ first, scales, second, mirrored = false, title = "J = U Σ Vᵀ" }: LinearMap): Figure {
  assertColumns("linearMap", { numbers: [first, ...scales, second] });
  const flip = mirrored ? -1 : 1;
  const maps: readonly (readonly [name: string, map: (p: Point) => Point])[] = [
    ["x", p => p],
    ["Vᵀ x: turned", p => turned(p, first)],
    ["Σ Vᵀ x: scaled", ([x, y]) => [x * scales[0], y * scales[1]]],
    ["U Σ Vᵀ x", ([x, y]) => turned([x, flip * y], second)],
  ];
  const steps: { name: string; square: Point[]; circle: Point[] }[] = [];
  let [square, circle] = [[...SQUARE], [...CIRCLE]];
  for (const [name, map] of maps) {
    [square, circle] = [square.map(map), circle.map(map)];
    steps.push({ name, square, circle });
  }
  const side = 1.1 * Math.max(...steps.flatMap(({ square, circle }) => [...square, ...circle].flat().map(Math.abs)));
  const last = steps.length - 1;
  const curve = (name: string, points: readonly Point[], index: number) => ({
    type: "scatter",
    mode: "lines",
    name,
    x: column(points, 0),
    y: column(points, 1),
    line: { color: colour(index), width: 2, shape: index === 0 ? "linear" : "spline" },
    ...(index === 0 ? { fill: "toself", fillcolor: "rgba(0,114,178,0.15)" } : {}),
  });
  const slider = {
    active: last,
    steps: steps.map(({ name, square, circle }) => ({
      label: name,
      update: { x: [column(square, 0), column(circle, 0)], y: [column(square, 1), column(circle, 1)] },
      traces: [0, 1],
    })),
  };
  return figure({
    data: [curve("unit square", steps[last]?.square ?? [], 0), curve("unit circle", steps[last]?.circle ?? [], 1)],
    layout: sliderLayout(title, [slider], {
      height: 640,
      xaxis: axis("first coordinate, per unit of x", { range: [-side, side] }),
      yaxis: axis("second coordinate, per unit of x", { range: [-side, side], scaleanchor: "x" }),
    }),
    alt:
      `The unit square and circle after a linear map: the circle is an ellipse with half axes ${inWords(scales[0])} and ` +
      `${inWords(scales[1])}, the area of the square ${inWords(Math.abs(scales[0] * scales[1]))}` +
      `${mirrored ? ", mirrored" : ""}; a slider shows rotation, scaling and rotation one by one.`,
  });
}

type Point = readonly [number, number];

function turned([x, y]: Point, angle: number): Point {
  return [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];
}

function column(points: readonly Point[], coordinate: 0 | 1): Plain[] {
  return rounded(
    points.map(point => point[coordinate]),
    3,
  );
}

const SQUARE: readonly Point[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0, 0],
];
const CIRCLE: readonly Point[] = Array.from({ length: 13 }, (_, i) => [
  Math.cos((2 * Math.PI * i) / 12),
  Math.sin((2 * Math.PI * i) / 12),
]);
