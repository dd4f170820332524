import {
  boundComparison,
  densities1d,
  type Figure,
  latentScatter,
  latentTraversal,
  reconstructionGrid,
  sampleGrid,
  trainingCurve,
  varianceAgainstDimension,
  varianceAgainstSamples,
  weightHistogram,
} from "../../../src/generative/figures/index.ts";

/** One case a figure: what it makes of typed arrays, a number that its alt text must say, and what it must refuse. */
export interface FigureCase {
  name: string;
  figure: () => Figure;
  says: string;
  refuses: Record<string, () => Figure>;
}

const steps = Int32Array.from([0, 5000, 12345]);
const loss = Float32Array.from([543.43, 120.1234567, 98.7654321]);
const three = [1, 2, 4];
const images = Float32Array.from({ length: 3 * 6 }, (_, i) => i / 17);
const shape = { height: 2, width: 3 };

export const everyFigure: FigureCase[] = [
  {
    name: "trainingCurve",
    figure: () =>
      trainingCurve({
        steps,
        loss,
        validation: { steps: [5000, 12345], loss: [121, 99.5] },
        floor: { value: 80.25, name: "entropy of the data" },
        baseline: { value: 206.3, name: "independent pixels" },
        unit: "nats",
      }),
    says: "98.77 nats at step 12345",
    refuses: {
      "must be as long as steps, 3, but got 2": () => trainingCurve({ steps, loss: [1, 2], unit: "nats" }),
      "steps must have a value, but got none": () => trainingCurve({ steps: [], loss: [], unit: "nats" }),
      "loss must be finite, but got NaN at index 1": () =>
        trainingCurve({ steps, loss: [1, Number.NaN, 2], unit: "nats" }),
      "floor must be finite, but got -Infinity": () =>
        trainingCurve({ steps, loss, unit: "nats", floor: { value: -Infinity, name: "entropy" } }),
    },
  },
  {
    name: "varianceAgainstSamples",
    figure: () =>
      varianceAgainstSamples({ samples: three, prior: Float32Array.of(8, 4, 2), importance: [0.8, 0.4, 0.2] }),
    says: "importance sampling is 10 times smaller",
    refuses: {
      "prior must be positive on a logarithmic axis, but got 0 at index 1": () =>
        varianceAgainstSamples({ samples: three, prior: [1, 0, 1], importance: three }),
      "importance must be as long as samples": () =>
        varianceAgainstSamples({ samples: three, prior: three, importance: [1] }),
    },
  },
  {
    name: "varianceAgainstDimension",
    figure: () =>
      varianceAgainstDimension({
        dimensions: three,
        prior: Float64Array.of(3.06, 15.48, 2e8),
        importance: [0.1, 0.1, 0.1],
        law: { name: "4.06<sup>D</sup> − 1", values: [3.06, 15.48, 270.7] },
      }),
    says: "2.0 × 10^9 times smaller at the end, where 4.06^D − 1 says 270.7",
    refuses: {
      "law must be as long as dimensions": () =>
        varianceAgainstDimension({
          dimensions: three,
          prior: three,
          importance: three,
          law: { name: "law", values: [1] },
        }),
      "must be positive": () => varianceAgainstDimension({ dimensions: three, prior: three, importance: [1, -1, 1] }),
    },
  },
  {
    name: "densities1d",
    figure: () =>
      densities1d({
        z: Float32Array.of(-1, 0, 1),
        curves: [
          { name: "prior", values: Float32Array.of(0.242, 0.3989, 0.242) },
          { name: "posterior", values: [0.1, 0.2, 0.75] },
        ],
        variable: "z, prior standard deviations",
      }),
    says: "prior is highest at 0 with 0.3989; posterior is highest at 1 with 0.75",
    refuses: {
      "curves must have a curve": () => densities1d({ z: three, curves: [] }),
      "curve q must be as long as z": () => densities1d({ z: three, curves: [{ name: "q", values: [1] }] }),
      "curve q must be finite, but got Infinity": () =>
        densities1d({ z: three, curves: [{ name: "q", values: [1, Infinity, 1] }] }),
    },
  },
  {
    name: "latentScatter",
    figure: () => {
      const z = [
        [1, 0],
        [1, 2],
        [-1, 0],
        [-1, 2],
      ];
      return latentScatter({ z: z.map(point => Float32Array.from(point)), labels: Uint8Array.of(7, 7, 3, 3) });
    },
    says: "4 points of the latent plane in 2 classes; the class accounts for 50 %",
    refuses: {
      "must have 2 coordinates, but got 3 at index 0": () => latentScatter({ z: [[1, 2, 3]], labels: [1] }),
      "must have a value, but got none": () => latentScatter({ z: [], labels: [] }),
      "labels must be as long as z1": () => latentScatter({ z: [[1, 2]], labels: [1, 2] }),
      "z2 must be finite": () => latentScatter({ z: [[1, Number.NaN]], labels: [1] }),
    },
  },
  {
    name: "weightHistogram",
    // Weights 1, 1, 2: (1 + 1 + 2)² / (1 + 1 + 4) = 16/6
    figure: () => weightHistogram({ logWeights: Float64Array.of(-1000, -1000, -1000 + Math.LN2), bins: 4 }),
    says: "the effective sample size is 2.667, and the largest weight has 50 %",
    refuses: {
      "logWeights must have a value": () => weightHistogram({ logWeights: [] }),
      "must be finite, but got -Infinity": () => weightHistogram({ logWeights: [0, -Infinity] }),
      "bins must be a positive integer, but got 0": () => weightHistogram({ logWeights: [0], bins: 0 }),
    },
  },
  {
    name: "boundComparison",
    figure: () =>
      boundComparison({
        bounds: [
          { name: "ELBO", value: -90.5, standardError: 0.25 },
          { name: "IWAE, K = 50", value: -88.25, standardError: 0.2 },
        ],
        exact: { value: -88, name: "log p(x)" },
      }),
    says: "In nats, ELBO is −90.5, 2.5 below log p(x); IWAE, K = 50 is −88.25, 0.25 below log p(x).",
    refuses: {
      "bounds.value must have a value": () => boundComparison({ bounds: [] }),
      "bounds.standardError must be finite": () =>
        boundComparison({ bounds: [{ name: "ELBO", value: 1, standardError: Number.NaN }] }),
    },
  },
  {
    name: "sampleGrid",
    figure: () => sampleGrid(images, { ...shape, columns: 2, title: "Digits", rowLabels: ["first", "second"] }),
    says: "Digits: 3 images of 2 × 3 pixels with a mean intensity of 0.5",
    refuses: {
      "pixels must have an image, but got none": () => sampleGrid([], shape),
      "image 2 of pixels must have 2 × 3 = 6 pixels, but got 5": () => sampleGrid(images.slice(1), shape),
      "image 0 of pixels must be finite, but got NaN at pixel 1": () =>
        sampleGrid([[0, Number.NaN, 0, 0, 0, 0]], shape),
      "columns must be a positive integer, but got 0": () => sampleGrid(images, { ...shape, columns: 0 }),
      "rowLabels must be 1 or none, but got 2": () => sampleGrid(images, { ...shape, rowLabels: ["a", "b"] }),
      "height must be a positive integer, but got 0": () => sampleGrid(images, { height: 0, width: 3 }),
    },
  },
  {
    name: "reconstructionGrid",
    figure: () =>
      reconstructionGrid({ originals: images, reconstructions: images.map(v => v * 0.5), ...shape, columns: 2 }),
    says: "3 images and their reconstructions; a pixel's intensity differs by 0.25",
    refuses: {
      "a reconstruction for each of 3 originals, but got 1": () =>
        reconstructionGrid({ originals: images, reconstructions: images.slice(0, 6), ...shape }),
      "columns must be a positive integer, but got NaN": () =>
        reconstructionGrid({ originals: images, reconstructions: images, ...shape, columns: Number.NaN }),
    },
  },
  {
    name: "latentTraversal",
    figure: () =>
      latentTraversal({
        rows: [images, new Float32Array(18).fill(0.5)],
        values: Float32Array.of(-2, 0, 2),
        ...shape,
      }),
    says: "z_1 changes the images most, by 0.706 a pixel from end to end, and z_2 least, by 0",
    refuses: {
      "row 1 must have an image for each of 3 values, but got 2": () =>
        latentTraversal({ rows: [images, images.slice(6)], values: three, ...shape }),
      "rows must have a row": () => latentTraversal({ rows: [], values: three, ...shape }),
      "values must have a value": () => latentTraversal({ rows: [images], values: [], ...shape }),
    },
  },
];
