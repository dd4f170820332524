import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import {
  boundComparison,
  curvesAgainst,
  deformedGrid,
  dependencyGrid,
  densities1d,
  elboParts,
  type Figure,
  latentScatter,
  linearMap,
  maskGrid,
  planeMaps,
  reconstructionGrid,
  sampleGrid,
  trainingCurve,
  weightHistogram,
} from "../../../src/generative/figures/index.ts";
import { LatentGrid } from "../../../src/generative/exact/index.ts";
import { channels, DIVERGING, SEQUENTIAL, shades } from "../../../src/generative/figures/colours.ts";
import { inWords, rounded, sameToRounding } from "../../../src/generative/figures/numbers.ts";
import { PALETTE } from "../../../src/generative/figures/theme.ts";
import { roundNumbers, tickText } from "../../../src/generative/figures/ticks.ts";

describe("numbers", () => {
  it("are rounded to 4 digits, whole ones not at all", () => {
    expect(rounded(Float32Array.of(0.1, 1 / 3, 123456, -0, 98.7654))).toEqual([0.1, 0.3333, 123456, 0, 98.77]);
  });

  it("are read out with a true minus sign and powers of ten", () => {
    expect([-1.23456, 0, 12345678, 0.00012, -3e-9].map(value => inWords(value))).toEqual([
      "−1.235",
      "0",
      "1.2 × 10^7",
      "1.2 × 10^−4",
      "−3.0 × 10^−9",
    ]);
  });
});

it("numbers are the same to rounding up to a millionth of them, and not beyond", () => {
  expect(sameToRounding(0, 3.3e-15)).toBe(true);
  expect(sameToRounding(-97.62, -97.62001)).toBe(true);
  expect(sameToRounding(0, 1e-9)).toBe(false);
  expect(sameToRounding(1, 1.00001)).toBe(false);
});

describe("trainingCurve", () => {
  const steps = [0, 100, 12345];
  it("says that a loss is at its floor where only rounding is between them", () => {
    const floor = { value: 1 + 3.3e-15, name: "log p(x)" };
    const { alt } = trainingCurve({ steps, loss: [3, 2, 1], floor, unit: "nats" });
    expect(alt).toContain("the curve ends at the floor, within rounding: log p(x), 1");
    expect(alt).not.toContain("below");
  });

  it("keeps the steps, and draws the levels from end to end", () => {
    const { data } = trainingCurve({
      steps,
      loss: [3, 2, 1],
      floor: { value: 0.9, name: "entropy" },
      baseline: { value: 2.5, name: "one Gaussian" },
      unit: "nats",
    });
    expect(data.map(({ name }) => name)).toEqual(["training", "one Gaussian: 2.5", "entropy: 0.9"]);
    expect(data[0]?.x).toEqual(steps);
    expect(data[2]).toMatchObject({ x: [0, 12345], y: [0.9, 0.9] });
  });

  it("draws the means of many steps", () => {
    const many = Array.from({ length: 1101 }, (_, i) => i);
    const { data } = trainingCurve({ steps: many, loss: many.map(i => 2 * i), unit: "nats" });
    const { x, y } = data[0] as unknown as { x: number[]; y: number[] };
    expect(x.length).toBe(276); // blocks of 4, and one of 1
    expect([x[0], y[0], x.at(-1), y.at(-1)]).toEqual([3, 3, 1100, 2200]);
    expect(x.every((step, i) => i === 0 || step > (x[i - 1] as number))).toBe(true);
  });

  it("says when a loss is below its floor", () => {
    const { alt } = trainingCurve({ steps, loss: [3, 2, 1], floor: { value: 1.5, name: "entropy" }, unit: "nats" });
    expect(alt).toContain("ends 0.5 below, which only noise or a mistake explains, the floor, entropy, 1.5");
  });
});

describe("pictures", () => {
  const shape = { height: 2, width: 3 };
  const images = [
    [0, 0.2, 0.4, 0.6, 0.8, 1],
    [1, 1, 1, 0, 0, 0],
    [-0.5, 1.5, 0, 0, 0, 0],
  ];

  it("are the pixels given, enlarged, with grey gaps and clamped", () => {
    // Two columns of 3 pixels and two rows of 2, each pixel 70 wide so that small images can be seen; a gap of 2.
    const bytes = [
      [0, 51, 102, 128, 255, 255, 255],
      [153, 204, 255, 128, 0, 0, 0],
      [128, 128, 128, 128, 128, 128, 128],
      [0, 255, 0, 128, 128, 128, 128],
      [0, 0, 0, 128, 128, 128, 128],
    ];
    const picture = png(sampleGrid(images, { ...shape, columns: 2 }));
    expect([picture.width, picture.height, picture.depth, picture.channels]).toEqual([422, 282, 8, 1]);
    const repeat = <T>(values: T[], gap: number) =>
      values.flatMap((value, i) => new Array<T>(i === gap ? 2 : 70).fill(value));
    expect([...picture.data]).toEqual(repeat(bytes, 2).flatMap(row => repeat(row, 3)));
  });

  it("are the same from one flat array as from one array each", () => {
    expect(sampleGrid(Float64Array.from(images.flat()), shape)).toEqual(sampleGrid(images, shape));
  });

  it("stay within what a notebook keeps: 100 digits of noise in 200 kB", () => {
    const noise = Array.from({ length: 100 * 784 }, (_, i) => (Math.sin(i * i) > 0 ? 1 : 0));
    expect(JSON.stringify(sampleGrid(noise, { height: 28, width: 28 })).length).toBeLessThan(200_000);
  });

  it("leave room for a title that is wider than they are", () => {
    const widthOf = (title: string) => sampleGrid(images, { ...shape, columns: 2, title }).layout.width as number;
    expect(widthOf("T".repeat(100))).toBeGreaterThanOrEqual(900);
    expect(widthOf("short")).toBe(462);
  });

  it("put each reconstruction under its original", () => {
    const figure = reconstructionGrid({
      originals: images,
      reconstructions: [images[1], images[0], images[2]] as number[][],
      ...shape,
      columns: 2,
    });
    const { data, width } = png(figure);
    const corner = (row: number, column: number) => data[row * 70 * width + column * 104 + 101]; // the last pixel of its first line
    expect([corner(0, 0), corner(0, 1), corner(1, 0), corner(1, 1)]).toEqual([102, 255, 255, 102]);
    expect((figure.layout.annotations as { text: string; y: number }[]).map(({ text, y }) => [text, y])).toEqual([
      ["original", 17],
      ["reconstruction", 52],
      ["original", 87],
      ["reconstruction", 122],
    ]);
  });
});

describe("weightHistogram", () => {
  it("counts every weight once, also where all are equal", () => {
    const logWeights = Array.from({ length: 500 }, (_, i) => Math.sin(i) * 3);
    for (const values of [logWeights, [2, 2, 2]]) {
      const counts = weightHistogram({ logWeights: values }).data[0]?.y as number[];
      expect(counts.reduce((sum, count) => sum + count)).toBe(values.length);
    }
    expect(weightHistogram({ logWeights: [2, 2, 2] }).alt).toContain("effective sample size is 3");
  });

  it("says how many weights the first bar holds that are smaller than it", () => {
    const logWeights = Array.from({ length: 300 }, (_, i) => (i < 3 ? -100 - i : Math.sin(i)));
    expect(weightHistogram({ logWeights }).alt).toContain("the 3 smallest share the first bar");
    expect(weightHistogram({ logWeights: logWeights.slice(3, 60) }).alt).not.toContain("share");
  });
});

describe("latentScatter", () => {
  it("gives each of ten digits a colour and symbol of its own", () => {
    const labels = Array.from({ length: 10 }, (_, digit) => 9 - digit);
    const { data } = latentScatter({ z: labels.map(digit => [digit, -digit]), labels });
    expect(data.map(({ name }) => name)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    expect(new Set(data.map(({ marker }) => JSON.stringify(marker))).size).toBe(10);
    for (const { marker } of data) expect(PALETTE).toContain((marker as { color: string }).color);
  });
});

describe("boundComparison", () => {
  it("draws two standard errors, and no bars where there are none", () => {
    const bounds = [{ name: "ELBO", value: -2, standardError: 0.125 }];
    expect(boundComparison({ bounds }).data[0]?.error_y).toMatchObject({ array: [0.25], visible: true });
    const exact = boundComparison({ bounds: [{ name: "ELBO", value: -2 }] });
    expect(exact.data[0]?.error_y).toMatchObject({ visible: false });
  });

  it("says what the values are, and of what the bars are errors; exact values have none", () => {
    const models = [
      { name: "VAE", value: -90, standardError: 0.25 },
      { name: "IWAE", value: -88 },
    ];
    const legend = (more: object) => boundComparison({ bounds: models, ...more }).data[0]?.name;
    expect(legend({})).toBe("bound ± 2 standard errors");
    expect(legend({ errorsOf: "the distance to log p(x)" })).toBe(
      "bound ± 2 standard errors of the distance to log p(x)",
    );
    expect(legend({ bounds: models.slice(1), errorsOf: "the distance to log p(x)" })).toBe("bound");
    const figure = boundComparison({ bounds: models, compared: "model", quantity: "mean log p(x)" });
    expect(figure.data[0]?.name).toBe("mean log p(x) ± 2 standard errors");
    expect(figure.layout).toMatchObject({ showlegend: true, xaxis: { title: { text: "model" } } });
  });
});

function png({ layout }: Figure) {
  const [{ source } = { source: "" }] = layout.images as { source: string }[];
  const [type, base64 = ""] = source.split(",");
  expect(type).toBe("data:image/png;base64");
  return decode(Buffer.from(base64, "base64"));
}

it("boundComparison says equal where only rounding is between a bound and log p(x)", () => {
  const exact = { value: -2, name: "log p(x)" };
  const { alt } = boundComparison({
    bounds: [
      { name: "ELBO", value: -2 - 3.3e-15 },
      { name: "L", value: -3 },
    ],
    exact,
  });
  expect(alt).toBe("In nats, ELBO is −2, equal to log p(x) within rounding; L is −3, 1 below log p(x).");
});

describe("elboParts", () => {
  const coin = new LatentGrid({
    logPrior: () => Math.log(0.5),
    logLikelihood: (z: number) => Math.log(z === 1 ? 0.9 : 0.1),
    rule: { points: [0, 1] },
  });

  it.each([0.05, 0.5, 0.9])(
    "has bars that begin where others end, down to the ELBO and up to log p(x): q(1) = %d",
    share => {
      const logQ = (z: number) => Math.log(z === 1 ? share : 1 - share);
      const parts = coin.parts(logQ);
      const { data } = elboParts({
        z: [0, 1],
        posterior: [0.1, 0.9],
        q: [1 - share, share],
        parts,
        logEvidence: coin.logEvidence,
      });
      const { y, base } = data[2] as unknown as { y: number[]; base: number[] };
      const ends = y.map((height, i) => height + (base[i] as number));
      for (const [i, end] of [0, ends[0], ends[1], 0].entries()) expect(base[i]).toBeCloseTo(end as number, 2);
      expect(ends[1]).toBeCloseTo(parts.elbo, 2);
      expect(ends[2]).toBeCloseTo(Math.log(0.5), 2);
      expect(ends[3]).toBeCloseTo(Math.log(0.5), 2);
    },
  );
});

describe("linearMap", () => {
  /** The area inside an outline, negative where it runs clockwise. */
  const area = ({ data }: Figure) => {
    const { x, y } = data[0] as unknown as { x: number[]; y: number[] };
    return x.slice(1).reduce((sum, _, i) => {
      const [x0, y0, x1, y1] = [x[i], y[i], x[i + 1], y[i + 1]] as [number, number, number, number];
      return sum + 0.5 * (x0 * y1 - x1 * y0);
    }, 0);
  };
  const map = { first: 0.4, scales: [3, 0.5], second: -0.9 } as const;

  it("gives the unit square the area Π σ", () => expect(area(linearMap(map))).toBeCloseTo(1.5, 1));

  it("a mirrored map turns the square over: the area of its outline is negative", () => {
    expect(area(linearMap({ ...map, mirrored: true }))).toBeCloseTo(-1.5, 1);
  });
});

describe("deformedGrid", () => {
  const places = [0, 1, 2, 3, 4];
  const grid = (map: (a: number, b: number) => number[]) =>
    deformedGrid({ x1: places, x2: places.slice(0, 3), z: places.map(a => [0, 1, 2].map(b => map(a, b))), every: 2 });

  it("draws every second line of each family, on equal scales", () => {
    const { data, layout } = grid((a, b) => [a + 10, b - 10]);
    expect(data.map(({ x, y }) => [x, y])).toEqual([
      [
        [10, 10, null, 12, 12, null, 14, 14, null],
        [-10, -8, null, -10, -8, null, -10, -8, null],
      ],
      [
        [10, 14, null, 10, 14, null],
        [-10, -10, null, -8, -8, null],
      ],
    ]);
    expect(layout.yaxis).toMatchObject({ scaleanchor: "x" });
  });

  it("goes through the places between where a line bends, and leaves out what is straight", () => {
    const { data } = grid((a, b) => [a, b + Math.abs(a - 1)]);
    expect(data[1]).toMatchObject({ x: [0, 1, 4, null, 0, 1, 4, null], y: [1, 0, 3, null, 3, 2, 5, null] });
  });

  it("keeps a line that runs back on itself", () => {
    const { data } = grid((a, b) => [a < 3 ? a : 4 - a, 5 * b]);
    expect(data[1]).toMatchObject({ x: [0, 2, 0, null, 0, 2, 0, null] });
  });

  it("says the determinant of a linear map, mirrored or not", () => {
    for (const sign of [1, -1]) {
      expect(grid((a, b) => [2 * a + b, sign * (a + 3 * b)]).alt).toContain("multiplied by 5 to 5.");
    }
  });
});

describe("planeMaps", () => {
  const values = [
    [-1, 0],
    [0.5, 2],
  ];
  const marker = ({ data }: Figure, k: number) => data[k]?.marker as Record<string, unknown>;

  it("puts zero in the middle of a signed scale, where it is white", () => {
    const map = planeMaps({ maps: [{ name: "log |det|", values, unit: "nats", signed: true }], side: 1 });
    expect(marker(map, 0)).toMatchObject({ cmin: -2, cmax: 2, colorbar: { title: { text: "nats" } } });
    const { palette = [], data, width, height } = png(map);
    const colour = (row: number, column: number) =>
      palette[
        data[Math.floor(height * (row + 0.5) * 0.5) * width + Math.floor(width * (column + 0.5) * 0.5)] as number
      ];
    expect(colour(1, 1)).toEqual([255, 255, 255]); // row 0 is the lowest
    expect(colour(0, 1)).toEqual(channels(DIVERGING.at(-1) as string));
    expect(colour(1, 0)).toEqual(channels(DIVERGING[1] as string)); // half way to −2
  });

  it("gives maps of one unit one scale and one bar, others their own", () => {
    const twice = values.map(row => row.map(value => 2 * value));
    const maps = planeMaps({
      maps: [
        { name: "a", values },
        { name: "b", values: twice },
        { name: "c", values, unit: "nats" },
      ],
      side: 1,
    });
    expect([0, 1, 2].map(k => marker(maps, k)?.showscale)).toEqual([undefined, true, true]);
    expect([marker(maps, 1), marker(maps, 2)]).toMatchObject([
      { cmin: -2, cmax: 4 },
      { cmin: -1, cmax: 2 },
    ]);
    const [first, second, third] = maps.layout.images as { source: string }[];
    expect(first?.source).not.toBe(third?.source); // the same values on another scale
    expect(second?.source).toBe(third?.source); // twice the values on twice the scale
  });

  it("has each picture behind axes of its own, over the square that it shows", () => {
    const { layout } = planeMaps({ maps: [1, 2].map(k => ({ name: `${k}`, values })), side: 3, centre: [1, 2] });
    expect(layout.images).toMatchObject([
      { xref: "x", yref: "y", x: -2, y: 5, sizex: 6, sizey: 6 },
      { xref: "x2", yref: "y2", x: -2, y: 5, sizex: 6, sizey: 6 },
    ]);
    expect(layout.template).toMatchObject({ layout: { xaxis: { range: [-2, 4] }, yaxis: { range: [-1, 5] } } });
    const domains = [layout.xaxis, layout.xaxis2].map(axis => (axis as { domain: number[] }).domain);
    const [width, height] = [layout.width as number, layout.height as number];
    const margin = layout.margin as Record<"l" | "r" | "t" | "b", number>;
    for (const [from = 0, to = 0] of domains) {
      expect((to - from) * (width - margin.l - margin.r)).toBeCloseTo(height - margin.t - margin.b, 2); // a square
    }
    expect(domains[0]?.[1]).toBeLessThan(domains[1]?.[0] as number);
  });
});

describe("colour scales", () => {
  it("go from end to end, through their stops", () => {
    expect(shades(["#000000", "#FFFFFF"], 3)).toEqual(["#000000", "#808080", "#FFFFFF"]);
    expect(shades(DIVERGING, 5)).toEqual([...DIVERGING]);
  });

  it("become darker and darker, also in grey print", () => {
    const light = shades(SEQUENTIAL, 21).map(colour => {
      const [red = 0, green = 0, blue = 0] = channels(colour);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    expect(light).toEqual([...light].sort((a, b) => b - a));
    expect(new Set(light).size).toBe(21);
  });
});

describe("grids of cells", () => {
  const legend = ({ data }: Figure) =>
    data.flatMap(({ name, marker }) => (name === undefined ? [] : [[name, (marker as { color: string }).color]]));

  it("have each cell in the colour that the legend gives its state, and lines between", () => {
    const masks = maskGrid({
      masks: [{ name: "A", values: [0, 1, 2, 3] }],
      states: ["later", "seen", "blind", "self"],
      height: 2,
      width: 2,
      title: "Mask",
    });
    const { palette = [], data, width } = png(masks);
    const side = width / 21; // two cells of 10, and a line behind them
    const at = (y: number, x: number) =>
      palette[data[Math.floor((y + 0.5) * side) * width + Math.floor((x + 0.5) * side)] as number];
    const middles = [at(5, 5), at(5, 15), at(15, 5), at(15, 15)];
    expect(middles).toEqual(legend(masks).map(([, colour]) => channels(colour as string)));
    expect(legend(masks).map(([name]) => name)).toEqual(["later", "seen", "blind", "self"]);
    for (const [y, x] of [
      [0, 5],
      [10, 5],
      [20, 5],
      [5, 0],
      [5, 10],
      [5, 20],
    ] as const) {
      expect(middles).not.toContainEqual(at(y, x));
    }
  });

  it("say what a dark and a white cell mean", () => {
    expect(legend(dependencyGrid({ matrices: [{ name: "a", values: [[1]] }] })).map(([name]) => name)).toEqual([
      "output (row) does not depend on input (column)",
      "output (row) depends on input (column)",
    ]);
  });
});

describe("densities1d", () => {
  it("names both peaks where they are as high as each other", () => {
    const z = [-2, -1, 0, 1, 2];
    const curves = [
      { name: "two", values: [0.1, 0.4, 0.2, 0.4, 0.1] },
      { name: "flat", values: [0.2, 0.2, 0.2, 0.2, 0.2] },
    ];
    expect(densities1d({ z, curves }).alt).toBe(
      "Over z, two is highest at −1 and 1 with 0.4; flat is highest at −2 with 0.2.",
    );
  });

  it("draws what is no density on an axis of its own", () => {
    const { data, layout } = densities1d({
      z: [0, 1],
      curves: [{ name: "p", values: [1, 2] }],
      beside: { name: "F", values: [0, 1], quantity: "probability" },
    });
    expect(data.map(({ yaxis }) => yaxis)).toEqual([undefined, "y2"]);
    expect(layout.yaxis2).toMatchObject({ title: { text: "probability" }, side: "right" });
  });
});

describe("logarithmic axes", () => {
  it.each([
    { least: 25, most: 250, ticks: [50, 100, 200] },
    { least: 1, most: 16, ticks: [1, 2, 5, 10] },
    { least: 1321, most: 32_260, ticks: [2000, 5000, 10_000, 20_000] },
    { least: 0.3, most: 0.45, ticks: [0.3, 0.32, 0.34, 0.36, 0.38, 0.4, 0.42, 0.44] },
    { least: 7, most: 7, ticks: [7] },
  ])("from $least to $most have ticks at round numbers", ({ least, most, ticks }) => {
    expect(roundNumbers(least, most)).toEqual(ticks);
  });

  it("never have a crowd of ticks, and never less than two", () => {
    for (let ratio = 1.01; ratio < 32; ratio *= 1.1) {
      for (const least of [1e-7, 0.013, 1, 47, 8e5]) {
        const ticks = roundNumbers(least, least * ratio);
        expect(ticks.length, `${least} to ${least * ratio}`).toBeGreaterThanOrEqual(2);
        expect(ticks.length, `${least} to ${least * ratio}`).toBeLessThanOrEqual(10);
      }
    }
  });

  it("have powers of ten alone over many decades, and words for what is long", () => {
    const wide = curvesAgainst({
      x: [1, 1000],
      against: "K",
      curves: [{ name: "a", values: [1, 2] }],
      quantity: "nats",
      logarithmic: "both",
      title: "",
    });
    expect(wide.layout.xaxis).toMatchObject({ dtick: 1 });
    expect(wide.layout.yaxis).toMatchObject({ tickvals: [1, 1.2, 1.4, 1.6, 1.8, 2] });
    expect([20_000, 2e6, 1e-5, 5e-4].map(tickText)).toEqual([
      "20k",
      "2 × 10<sup>6</sup>",
      "10<sup>−5</sup>",
      "5 × 10<sup>−4</sup>",
    ]);
  });
});

describe("curvesAgainst", () => {
  const x = Array.from({ length: 41 }, (_, i) => i / 10);
  const drawn = (values: number[], law: boolean) => {
    const { data } = curvesAgainst({
      x,
      against: "s",
      curves: [{ name: "a", values, law }],
      quantity: "nats",
      title: "",
    });
    return data[0] as unknown as { x: number[]; y: number[] };
  };

  it("draws a straight law by its ends, and every point that was measured", () => {
    const straight = x.map(at => 3 * at - 1);
    expect(drawn(straight, true)).toMatchObject({ x: [0, 4], y: [-1, 11] });
    expect(drawn(straight, false).x).toEqual(x);
  });

  it("stays within a pixel of a law that bends", () => {
    const law = x.map(at => Math.sin(at));
    const { x: places, y } = drawn(law, true);
    expect(places.length).toBeLessThan(41);
    for (const [i, at] of x.entries()) {
      const k = Math.max(
        1,
        places.findIndex(place => place >= at),
      );
      const [x0, x1, y0, y1] = [places[k - 1], places[k], y[k - 1], y[k]] as [number, number, number, number];
      expect(Math.abs(y0 + ((at - x0) / (x1 - x0)) * (y1 - y0) - (law[i] as number))).toBeLessThan(
        (Math.max(...law) - Math.min(...law)) / 265,
      ); // the height of a figure
    }
  });
});
