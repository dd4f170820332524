import { describe, expect, it } from "vitest";
import {
  banana,
  checkerboard,
  eightGaussians,
  entropyByQuadrature,
  rings,
  type ToyDensity,
  toyDensities,
  twoMoons,
} from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";

const places = [
  [0.3, -0.7],
  [2.5, 1.5],
  [-1.9, 2.2],
  [5, -4],
  [-2.8, -0.1],
  [0.2, 0.45],
] as const;

// scipy 1.17.1: log-densities by logsumexp over components (two moons: 400 Gauss–Legendre points an arc), entropies on
// a grid of 601² points, that of the rings by integrate.quad along the radius.
const expected: [ToyDensity, { logProb: number[]; entropy: number }][] = [
  [
    eightGaussians,
    {
      logProb: [
        -19.541814496140347, -3.837284918195767, -2.037876931485636, -53.83787706640932, -1.8811094271041782,
        -23.81517494754085,
      ],
      entropy: 2.831578360526482,
    },
  ],
  [
    twoMoons,
    {
      logProb: [
        -8.193267580262559, -66.19013974521698, -182.79850428660717, -1261.7719036259177, -164.58076520789157,
        -2.651267518596438,
      ],
      entropy: 1.007584834846426,
    },
  ],
  [
    rings,
    {
      logProb: [
        -2.543709848172099, -2.7816384429050744, -2.812587693786853, -260.7708416153715, -3.4561913090456895,
        -6.569226451438883,
      ],
      entropy: 2.5956904625992463,
    },
  ],
  [
    banana,
    {
      logProb: [
        -2.0031395664093457, -4.376939566409345, -12.846139566409347, -176.08787706640936, -5.065077066409344,
        -5.990077066409345,
      ],
      entropy: Math.log(2 * Math.PI * Math.E),
    },
  ],
];

it.each(expected)("$name has scipy's log-density and entropy", (density, { logProb, entropy }) => {
  expectClose(
    places.map(([a, b]) => density.logProb(a, b)),
    logProb,
    { relative: 1e-11 },
  );
  expectClose(density.entropy, entropy, { absolute: 2e-7 });
  expect(density.entropy).toBe(density.entropy);
});

it("the rings have a finite density in their middle, by a radius of 1e-9", () => {
  const [width, r] = [0.15, 1e-9];
  const normal = Math.exp(-0.5 * ((1 - r) / width) ** 2) / (width * Math.sqrt(2 * Math.PI)); // the other: e^−200
  expectClose(rings.logProb(0, 0), Math.log(normal / 2 / (2 * Math.PI * r)), { relative: 1e-12 });
});

it("the checkerboard has half of its squares, with the lower edges and without the upper ones", () => {
  const inside = [
    [-4, -4],
    [-0.1, -2],
    [-2.1, 0],
    [3.9, 3.9],
    [1.5, -3.5],
  ] as const;
  const outside = [
    [4, 0.5],
    [0.5, 4],
    [-4.5, -1],
    [-1, -4.5],
    [1, 2.5],
    [-0.5, 0.5],
    [Infinity, -Infinity],
    [-Infinity, -Infinity],
  ] as const;
  for (const [a, b] of inside) expect(checkerboard.logProb(a, b), `${a}, ${b}`).toBe(-5 * Math.LN2);
  for (const [a, b] of outside) expect(checkerboard.logProb(a, b), `${a}, ${b}`).toBe(-Infinity);
  expect(checkerboard.logProb(Number.NaN, 0)).toBeNaN();
  expect(checkerboard.logProb(0, Number.NaN)).toBeNaN();
  expectClose(checkerboard.entropy, 5 * Math.LN2, { relative: 1e-15 });
});

it("each density has its name", () =>
  expect(toyDensities.map(({ name }) => name)).toEqual([
    "8 Gaussians",
    "checkerboard",
    "two moons",
    "banana",
    "rings",
  ]));

describe("draw", () => {
  const draw = (density: ToyDensity, uniforms: number[], normals: number[]) => {
    const next = (numbers: number[]) => () => {
      const number = numbers.shift();
      if (number === undefined) throw new Error("more numbers asked for than written down");
      return number;
    };
    return density.draw(next(uniforms), next(normals));
  };
  const root2 = Math.SQRT2;

  it.each<[string, ToyDensity, number[], number[], number[]]>([
    ["the first Gaussian, at angle 0", eightGaussians, [0.1], [1, -2], [2 * root2 + root2 / 4, -root2 / 2]],
    ["the fourth Gaussian, at angle 3π/4", eightGaussians, [0.49], [-1, 4], [-2 - root2 / 4, 2 + root2]],
    ["the last Gaussian, at angle 7π/4", eightGaussians, [0.999], [0, 0], [2, -2]],
    ["a square of an even column", checkerboard, [0.05, 0.7, 0.3], [], [-3.6, 0.6]],
    ["a square of an odd column, moved up", checkerboard, [0.3, 0.2, 0.9], [], [-1.6, -0.2]],
    ["an odd column on the right", checkerboard, [0.95, 0.5, 0.25], [], [3.6, 2.5]],
    ["the lowest square", checkerboard, [0.6, 0.1, 0.25], [], [0.8, -3.5]],
    ["the upper moon, at angle π/3", twoMoons, [0.49, 1 / 3], [2, -3], [0.7, Math.sqrt(3) / 2 - 0.3]],
    ["the lower moon, at angle π/3", twoMoons, [0.5, 1 / 3], [1, -2], [0.6, 0.3 - Math.sqrt(3) / 2]],
    ["the banana", banana, [], [1.5, -3], [3, -0.25]],
    ["the inner ring, at angle π/4", rings, [0.49, 0.125], [2], [1.3 / root2, 1.3 / root2]],
    ["the outer ring, at angle π", rings, [0.5, 0.5], [-1], [-2.85, 0]],
    ["the other side of the middle", rings, [0, 0.25], [-8], [0, 0.2]],
  ])("takes %s", (_, density, uniforms, normals, point) =>
    expectClose(draw(density, uniforms, normals), point, { absolute: 1e-14 }),
  );
});

it("the entropy by quadrature weighs each place by its square of the grid, and leaves those of no density out", () => {
  const logProb = (a: number, b: number) => (Math.abs(a) < 1 && b > -1 && b <= 1 ? -2 : -Infinity);
  // Points at −2, −1, 0, 1, 2: (0, 0) and (0, 1) count.
  expectClose(entropyByQuadrature({ logProb, side: 2 }, 5), 2 * 2 * Math.exp(-2), { relative: 1e-14 });
  // Points at −2, −⅔, ⅔, 2, in squares of area 16/9: four count.
  expectClose(entropyByQuadrature({ logProb, side: 2 }, 4), 4 * 2 * Math.exp(-2) * (16 / 9), { relative: 1e-14 });
});
