import {
  barChart,
  bars,
  bendingFlow,
  boundComparison,
  curve,
  curvesAgainst,
  deformedGrid,
  densities1d,
  dependencyGrid,
  dots,
  elboParts,
  type Figure,
  gaussianEllipses,
  inferenceGaps,
  latentScatter,
  latentTraversal,
  linearMap,
  lossAgainst,
  maskGrid,
  networkDiagram,
  parameterCounts,
  paths,
  planeMaps,
  plot,
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
  refuses: Record<string, () => unknown>;
}

const steps = Int32Array.from([0, 5000, 12345]);
const loss = Float32Array.from([543.43, 120.1234567, 98.7654321]);
const three = [1, 2, 4];
const images = Float32Array.from({ length: 3 * 6 }, (_, i) => i / 17);
const shape = { height: 2, width: 3 };
const sheared = [0, 0.5, 1, 1.5, 2].map(a => [0, 0.5, 1].map(b => [a, a * b]));

/** b leads to every hidden unit, a to the first; the output c hears the last two, d the first. */
const network = {
  layers: [
    ["1", "2"],
    ["1", "2", "3"],
    ["1", "2"],
  ],
  masks: [
    [
      [1, 0, 0],
      [1, 1, 0],
    ],
    [
      [0, 1],
      [1, 0],
      [1, 0],
    ],
  ],
  inputs: ["a", "b"],
  outputs: ["c", "d"],
  output: 0,
  title: (seen: readonly number[]) => `out c sees ${seen.map(i => "ab"[i]).join(", ")}`,
};

export const everyFigure: FigureCase[] = [
  {
    name: "barChart",
    figure: () =>
      barChart({
        x: [1, 2, 4],
        values: Float32Array.of(0.5, 0.1234567, -0.25),
        against: "step of the walk",
        quantity: "change of the logit, nats",
        given: [false, false, true],
        title: "Who is heard",
      }),
    says: "change of the logit, nats, highest at 1 with 0.5; given: 4",
    refuses: {
      "x must be as long as values, 2, but got 1": () =>
        barChart({ x: [1], values: [1, 2], quantity: "nats", title: "t" }),
      "values must have a value, but got none": () => barChart({ x: [], values: [], quantity: "nats", title: "t" }),
      "values must be finite, but got NaN at index 0": () =>
        barChart({ x: ["a"], values: [Number.NaN], quantity: "nats", title: "t" }),
    },
  },
  {
    name: "networkDiagram",
    figure: () => networkDiagram(network),
    says: "out c sees b: a network of 2, 3, 2 units with 6 connections. c sees b.",
    refuses: {
      "two layers at least and a mask between each two, but got 3 and 1": () =>
        networkDiagram({ ...network, masks: network.masks.slice(1) }),
      "mask 0 must have a row for each of 2 units below it, but got 1": () =>
        networkDiagram({ ...network, masks: [[[1, 1, 1]], ...network.masks.slice(1)] }),
      "a row must be as long as the layer above, 3, but got 2": () =>
        networkDiagram({
          ...network,
          masks: [
            [
              [1, 1],
              [1, 1],
            ],
            ...network.masks.slice(1),
          ],
        }),
      "a name for each input and output, but got 1 and 2": () => networkDiagram({ ...network, inputs: ["a"] }),
      "output must lie in 0..1, but got 2": () => networkDiagram({ ...network, output: 2 }),
    },
  },
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
        beside: { name: "F(z)", values: Float32Array.of(0.125, 0.5, 0.875), quantity: "F, relative" },
        variable: "z, prior standard deviations",
      }),
    says:
      "prior is highest at 0 with 0.3989; posterior is highest at 1 with 0.75; " +
      "on an axis of its own, F(z) goes from 0.125 to 0.875",
    refuses: {
      "curve F must be as long as z": () =>
        densities1d({
          z: three,
          curves: [{ name: "p", values: three }],
          beside: { name: "F", values: [1], quantity: "F" },
        }),
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
    name: "lossAgainst",
    figure: () =>
      lossAgainst({
        x: Float32Array.of(60, 600, 6000),
        against: "training images, number of",
        curves: [
          { name: "table", loss: Float32Array.of(9, 5, 6) },
          { name: "coins", loss: [8, 7, 6.5] },
        ],
        floor: { value: 4.5, name: "entropy" },
        unit: "nats",
        title: "Loss",
      }),
    says: "in nats goes from 9 by way of 5 to 6 for table; from 8 to 6.5 for coins; entropy is 4.5.",
    refuses: {
      "curves must have a curve": () => lossAgainst({ x: three, against: "n", curves: [], unit: "nats", title: "" }),
      "x must be positive on a logarithmic axis, but got 0": () =>
        lossAgainst({ x: [0], against: "n", curves: [{ name: "a", loss: [1] }], unit: "nats", title: "" }),
      "curve a must be finite, but got Infinity": () =>
        lossAgainst({ x: [1], against: "n", curves: [{ name: "a", loss: [Infinity] }], unit: "nats", title: "" }),
    },
  },
  {
    name: "gaussianEllipses",
    figure: () =>
      gaussianEllipses({
        gaussians: [
          {
            name: "target",
            mean: [1, -1],
            covariance: [
              [4, 1.8],
              [1.8, 1],
            ],
          },
          {
            name: "q",
            mean: Float32Array.of(0, 0) as unknown as number[],
            covariance: [
              [1, 0],
              [0, 1],
            ],
          },
        ],
        path: {
          name: "means",
          points: [
            [0, 0],
            [1, 0],
          ],
        },
        title: "Mean field",
      }),
    says: "target is centred on (1, −1) with standard deviations 2 and 1 and correlation 0.9; q is centred on (0, 0)",
    refuses: {
      "gaussians must have one, but got none": () => gaussianEllipses({ gaussians: [], title: "" }),
      "p must be over two variables with a positive definite covariance": () =>
        gaussianEllipses({
          gaussians: [
            {
              name: "p",
              mean: [0, 0],
              covariance: [
                [1, 1],
                [1, 1],
              ],
            },
          ],
          title: "",
        }),
      "path.points must be finite": () =>
        gaussianEllipses({
          gaussians: [
            {
              name: "p",
              mean: [0, 0],
              covariance: [
                [1, 0],
                [0, 1],
              ],
            },
          ],
          path: { name: "means", points: [[Number.NaN, 0]] },
          title: "",
        }),
    },
  },
  {
    name: "sampleGrid",
    figure: () =>
      sampleGrid(images, {
        ...shape,
        columns: 2,
        title: "Digits",
        shows: "ramps and steps",
        rowLabels: ["first", "second"],
        columnLabels: ["left", "right"],
      }),
    says: "Digits: ramps and steps; 3 images of 2 × 3 pixels, in rows named first, second, in columns named left, right, with a mean intensity of 0.5",
    refuses: {
      "pixels must have an image, but got none": () => sampleGrid([], shape),
      "image 2 of pixels must have 2 × 3 = 6 pixels, but got 5": () => sampleGrid(images.slice(1), shape),
      "image 0 of pixels must be finite, but got NaN at pixel 1": () =>
        sampleGrid([[0, Number.NaN, 0, 0, 0, 0]], shape),
      "columns must be a positive integer, but got 0": () => sampleGrid(images, { ...shape, columns: 0 }),
      "rowLabels must be 1 or none, but got 2": () => sampleGrid(images, { ...shape, rowLabels: ["a", "b"] }),
      "columnLabels must be 3 or none, but got 2": () => sampleGrid(images, { ...shape, columnLabels: ["a", "b"] }),
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
  {
    name: "parameterCounts",
    figure: () =>
      parameterCounts({
        dimensions: Int32Array.of(1, 2, 20),
        models: [
          { name: "table", counts: [1, 3, 2 ** 20 - 1] },
          { name: "network", counts: Float64Array.of(30, 30, 30) },
        ],
      }),
    says: "from 1 to 1.0 × 10^6 for table; from 30 to 30 for network",
    refuses: {
      "models must have a model": () => parameterCounts({ dimensions: three, models: [] }),
      "counts of a must be as long as dimensions": () =>
        parameterCounts({ dimensions: three, models: [{ name: "a", counts: [1] }] }),
      "must be positive on a logarithmic axis, but got 0": () =>
        parameterCounts({ dimensions: three, models: [{ name: "a", counts: [0, 1, 2] }] }),
    },
  },
  {
    name: "dependencyGrid",
    figure: () =>
      dependencyGrid({
        matrices: [
          { name: "strict", values: [Float64Array.of(0, 0), [0.5, 0]] },
          {
            name: "full",
            values: [
              [1, 1],
              [1, 1],
            ],
          },
        ],
      }),
    says: "full has 4 dependences, 1 on earlier inputs, 2 on an output's own and 1 on later ones",
    refuses: {
      "matrices must have a matrix": () => dependencyGrid({ matrices: [] }),
      "row 1 of a must be as long as the first row, 2, but got 1": () =>
        dependencyGrid({ matrices: [{ name: "a", values: [[1, 2], [1]] }] }),
      "the first row must be finite, but got NaN": () =>
        dependencyGrid({ matrices: [{ name: "a", values: [[Number.NaN]] }] }),
    },
  },
  {
    name: "curvesAgainst",
    figure: () =>
      curvesAgainst({
        x: three,
        against: "samples K",
        curves: [
          { name: "measured", values: Float32Array.of(8.1, 4.05, 2) },
          { name: "law", values: [8, 4, 2], law: true },
        ],
        quantity: "variance, nats²",
        logarithmic: "both",
        exact: { value: 1.5, name: "the limit" },
        title: "A law",
      }),
    says: "measured goes from 8.1 to 2; law goes from 8 to 2; the limit is 1.5",
    refuses: {
      "curves must have a curve": () =>
        curvesAgainst({ x: three, against: "K", curves: [], quantity: "nats", title: "" }),
      "curve a must be positive on a logarithmic axis, but got -1 at index 1": () =>
        curvesAgainst({
          x: three,
          against: "K",
          curves: [{ name: "a", values: [1, -1, 1] }],
          quantity: "nats",
          logarithmic: "y",
          title: "",
        }),
      "curve a must be as long as x, 3, but got 1": () =>
        curvesAgainst({ x: three, against: "K", curves: [{ name: "a", values: [1] }], quantity: "nats", title: "" }),
    },
  },
  {
    name: "plot",
    figure: () =>
      plot({
        title: "A curve and its points",
        panels: [
          {
            x: ["x, relative", 0, 5],
            y: ["y, number of"],
            marks: [
              curve(three, Float32Array.of(8.1, 4.05, 2), { name: "measured" }),
              paths(
                [
                  [
                    [0, -0],
                    [1, 1],
                  ],
                  [[2, 2]],
                ],
                { as: "grey" },
              ),
              dots([Float64Array.of(1, 2)], { as: 1 }),
              bars(three, three, { width: 0.5, as: 2 }),
            ],
          },
        ],
        shows: "One goes from 8.1 to 2",
      }),
    says: "A curve and its points. One goes from 8.1 to 2.",
    refuses: {
      "panels must have a panel, but got none": () => plot({ title: "", panels: [], shows: "" }),
      "panel 0 must have a mark, but got none": () =>
        plot({ title: "", panels: [{ x: ["x"], y: ["y"], marks: [] }], shows: "" }),
      "y must be as long as x, 3, but got 1": () => curve(three, [1]),
      "y of line 1 must be finite, but got NaN": () => paths([[[0, 0]], [[1, Number.NaN]]]),
      "lines must have a line, but got none": () => paths([]),
      "points must be finite, but got NaN at index 1": () => dots([three, [Number.NaN, 1]]),
      "heights must be as long as x": () => bars(three, [1]),
    },
  },
  {
    name: "elboParts",
    figure: () =>
      elboParts({
        z: Float64Array.of(-1, 0, 1),
        posterior: [0.2, 0.5, 0.3],
        q: Float32Array.of(0.25, 0.5, 0.25),
        parts: { reconstruction: -2, kl: 0.25, gap: 0.5 },
        logEvidence: -1.75,
        variable: "z, prior standard deviations",
      }),
    says: "The reconstruction, −2, minus KL(q ‖ p(z)), 0.25, is the ELBO, −2.25; with the gap, 0.5, it is −1.75, and log p(x) is −1.75 nats",
    refuses: {
      "q must be as long as z, 3, but got 1": () =>
        elboParts({ z: three, posterior: three, q: [1], parts: { reconstruction: -2, kl: 1, gap: 1 }, logEvidence: 0 }),
      "gap must be finite, but got Infinity": () =>
        elboParts({
          z: three,
          posterior: three,
          q: three,
          parts: { reconstruction: -2, kl: 1, gap: Infinity },
          logEvidence: 0,
        }),
      "logEvidence must be finite, but got NaN": () =>
        elboParts({
          z: three,
          posterior: three,
          q: three,
          parts: { reconstruction: -2, kl: 1, gap: 1 },
          logEvidence: Number.NaN,
        }),
    },
  },
  {
    name: "bendingFlow",
    figure: () =>
      bendingFlow({
        x: Float64Array.of(-1, 0, 1),
        bends: [
          { bend: 0, z: [-1, 0, 1], density: [0.25, 0.4, 0.25] },
          { bend: 0.5, z: Float32Array.of(-2, 0, 2), density: [0.125, 0.75, 0.125] },
        ],
        start: 1,
      }),
    says: "With f bent by 0.5, the density of x is highest at 0 with 0.75, where f is steep; a slider bends f from 0 to 0.5",
    refuses: {
      "z at 1 must be as long as x, 3, but got 1": () =>
        bendingFlow({ x: three, bends: [{ bend: 1, z: [1], density: three }] }),
      "start must be a place in bends, of which there are 0, but got 0": () => bendingFlow({ x: three, bends: [] }),
    },
  },
  {
    name: "linearMap",
    figure: () => linearMap({ first: 0.5, scales: [2, 0.75], second: -1, mirrored: true }),
    says: "half axes 2 and 0.75, the area of the square 1.5, mirrored; a slider shows",
    refuses: {
      "numbers must be finite, but got Infinity": () => linearMap({ first: 0, scales: [1, Infinity], second: 0 }),
    },
  },
  {
    name: "inferenceGaps",
    figure: () =>
      inferenceGaps({
        families: [
          { name: "diagonal", approximation: 0.5, amortisation: 0.125 },
          { name: "full", approximation: 0.25, amortisation: 0.0625 },
        ],
      }),
    says: "diagonal: 0.5 by approximation and 0.125 by amortisation; full: 0.25 by approximation",
    refuses: {
      "approximation must have a value, but got none": () => inferenceGaps({ families: [] }),
      "amortisation must be finite, but got Infinity": () =>
        inferenceGaps({ families: [{ name: "q", approximation: 0, amortisation: Infinity }] }),
    },
  },
  {
    name: "deformedGrid",
    // z = (x₁, x₁ x₂): the cell from 0 to 1 keeps half of its area, that from 1 to 2 grows by 1.5.
    figure: () => deformedGrid({ x1: Float32Array.of(0, 0.5, 1, 1.5, 2), x2: [0, 0.5, 1], z: sheared, every: 2 }),
    says:
      "3 lines of constant x_1, from 0 to 2, and 2 of constant x_2, from 0 to 1, after a map of the plane; " +
      "the areas of the cells between them are multiplied by 0.5 to 1.5",
    refuses: {
      "row 0 of z must be finite, but got NaN": () => deformedGrid({ x1: [0], x2: [0], z: [[[Number.NaN, 0]]] }),
      "x1 must have a value, but got none": () => deformedGrid({ x1: [], x2: [0], z: [] }),
      "rows of z must be as long as x1, 5, but got 4": () =>
        deformedGrid({ x1: three.concat(5, 6), x2: three, z: sheared.slice(1) }),
      "row 0 of z must be as long as x2, 2, but got 3": () =>
        deformedGrid({ x1: three.concat(5, 6), x2: [0, 1], z: sheared }),
      "x1 must have a whole number of cells of 3 places, but got 5 places": () =>
        deformedGrid({ x1: three.concat(5, 6), x2: three, z: sheared, every: 3 }),
    },
  },
  {
    name: "planeMaps",
    figure: () =>
      planeMaps({
        maps: [
          { name: "p", values: [Float64Array.of(0, 1), [2, 3]] },
          {
            name: "log |det|",
            values: [
              [-1, 0.5],
              [0, 0.25],
            ],
            unit: "nats",
            signed: true,
          },
        ],
        side: 4,
        centre: [0, 2],
        variable: "z",
      }),
    says: "over z_1 from −4 to 4 and z_2 from −2 to 6: p, from 0 to 3 per unit area; log |det|, from −1 to 0.5 nats",
    refuses: {
      "maps must have a map": () => planeMaps({ maps: [], side: 1 }),
      "row 1 of a must be as long as the first row": () =>
        planeMaps({ maps: [{ name: "a", values: [[1, 2], [1]] }], side: 1 }),
    },
  },
  {
    name: "maskGrid",
    figure: () =>
      maskGrid({
        masks: [
          { name: "A", values: Float32Array.of(1, 1, 0, 0) },
          { name: "B", values: [1, 2, 2, 0] },
        ],
        states: ["later", "seen", "blind"],
        height: 2,
        width: 2,
        title: "Masks",
      }),
    says: "Masks: 2 × 2 cells. A: later (2), seen (2), blind (0); B: later (1), seen (1), blind (2).",
    refuses: {
      "masks must have a mask": () => maskGrid({ masks: [], height: 1, width: 1, title: "" }),
      "mask a must be as long as the cells, 4, but got 3": () =>
        maskGrid({ masks: [{ name: "a", values: three }], height: 2, width: 2, title: "" }),
      "a cell of mask a must be a place in states, but got 2": () =>
        maskGrid({ masks: [{ name: "a", values: [2] }], height: 1, width: 1, title: "" }),
      "states must be at most 4, but got 5": () =>
        maskGrid({ masks: [{ name: "a", values: [0] }], states: [..."abcde"], height: 1, width: 1, title: "" }),
    },
  },
];
