import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import {
  boundComparison,
  type Figure,
  latentScatter,
  linearMap,
  reconstructionGrid,
  sampleGrid,
  trainingCurve,
  weightHistogram,
} from "../../../src/generative/figures/index.ts";
import { inWords, rounded } from "../../../src/generative/figures/numbers.ts";
import { PALETTE } from "../../../src/generative/figures/theme.ts";

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

describe("trainingCurve", () => {
  const steps = [0, 100, 12345];
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
    expect(x.length).toBe(367); // blocks of 3
    expect([x[0], y[0], x.at(-1), y.at(-1)]).toEqual([2, 2, 1100, 2198]);
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
});

function png({ layout }: Figure) {
  const [{ source } = { source: "" }] = layout.images as { source: string }[];
  const [type, base64 = ""] = source.split(",");
  expect(type).toBe("data:image/png;base64");
  return decode(Buffer.from(base64, "base64"));
}

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
