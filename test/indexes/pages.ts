import { type Cell, kernelMetadata, type Notebook } from "../../src/notebook/index.ts";
import { type Lecture, lectures, targetsOf } from "./lookup.ts";
import { type Evidence, notes, type Question, type Slip } from "./row.ts";

/** A notebook that has not run. */
export function notebookOf(cells: Cell[]): Notebook {
  return { cells, metadata: { ...kernelMetadata }, nbformat: 4, nbformat_minor: 5 };
}

export function text(id: string, ...paragraphs: string[]): Cell {
  return { cell_type: "markdown", id, metadata: {}, source: paragraphs.join("\n\n") };
}

/** A cell of code that readers find folded. */
export function folded(id: string, summary: string, tag: "hide-cell" | "hide-input", source: string): Cell {
  const metadata = { lectern: { summary }, tags: [tag] };
  return { cell_type: "code", id, metadata, execution_count: null, outputs: [], source };
}

/** The rows of each lecture that has some, in the order in which they are listed. */
export function byLecture<Row extends Slip | Question>(rows: readonly Row[]): [Lecture, Row[]][] {
  return lectures
    .map((lecture): [Lecture, Row[]] => [lecture, rows.filter(row => targetsOf(row)[0].lecture === lecture)])
    .filter(([, own]) => own.length > 0);
}

/** The claims of the rows that compute something, each with the number of its row in front. */
export function claimsOf(rows: readonly { name: string; evidence?: Evidence | undefined }[]): string {
  return rows
    .flatMap(({ name, evidence }) =>
      evidence ? [`claim(\n  ${JSON.stringify(`${name}: ${evidence[0]}`)},\n  ${evidence[1]},\n);`] : [],
    )
    .join("\n");
}

/** A bar for each lecture, stacked by what `parts` names: where in the course something is. */
export function stackedBars({ parts, title, alt }: { parts: Record<string, number[]>; title: string; alt: string }) {
  const wide = Object.entries(parts).map(([name, counts]) => `  ${JSON.stringify(name)}: [${counts.join(", ")}],`);
  return `const lectures = [${lectures.map(({ number }) => JSON.stringify(number)).join(", ")}];
const parts = {
${wide.join("\n")}
};
const colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#767676"];
const axisOf = (text: string) => ({ title: { text }, gridcolor: "#E5E5E5", zeroline: false });
({
  data: Object.entries(parts).map(([name, y], i) => ({ type: "bar", name, x: lectures, y, marker: { color: colours[i] } })),
  layout: {
    title: { text: ${JSON.stringify(title)}, font: { size: 15 } }, barmode: "stack", width: 640, height: 340,
    margin: { l: 50, r: 15, t: 45, b: 90 }, paper_bgcolor: "#FFFFFF", plot_bgcolor: "#FFFFFF",
    legend: { orientation: "h", x: 0, y: -0.28, yanchor: "top" },
    xaxis: { ...axisOf("lecture"), type: "category" }, yaxis: { ...axisOf("how many"), dtick: 2 },
  },
  alt: ${JSON.stringify(alt)},
});`;
}

/** A table with a row for each name. */
export function table(head: [string, string], rows: readonly [string, number][]): string {
  return [`| ${head.join(" | ")} |`, "|---|---:|", ...rows.map(row => `| ${row.join(" | ")} |`)].join("\n");
}

/** What the evidence of both indexes is computed on, in words. */
export const EXAMPLES =
  "Three small things come back. *The coin*: nine heads in ten throws, and a fair coin as their model. *The two causes*: equally likely, they make the datum with probability 0.9 and 0.1, so that $p(x) = 0.5$ and the posterior is 0.9 and 0.1. *The line*: $x = 1.5\\,z + 0.2$ with a noise of 0.7, of which lectures 5 and 6 know everything in closed form.";

/** What both compute with: sums, densities, integrals. */
export const HELPERS = `const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const logNormal = (x: number, mean: number, std: number) =>
  -0.5 * ((x - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);
const integral = (log: (x: number) => number) => Math.exp(logIntegral(log, trapezoid(-20, 20, 4001)));
const gaussian = (covariance: number[][], mean = covariance.map(() => 0)) => ({ mean, covariance });`;

/** The coin, and all words of so many bits. */
export const COIN = `const [nine, fair] = [[0.9, 0.1], [0.5, 0.5]]; // nine heads in ten throws; a fair coin
const coins = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
const lowest = (f: (p: number) => number) => coins.reduce((best, p) => (f(p) < f(best) ? p : best));
const words = (bits: number) => Array.from({ length: 2 ** bits }, (_, n) => Array.from({ length: bits }, (_, i) => (n >> i) & 1));`;

export const MIDDLES = `const middles = Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000); // of the cells of [0, 1)`;

export const TWO_CAUSES = `const joint = [0.45, 0.05]; // two causes, equally likely, which make the datum with 0.9 and with 0.1
const posterior = joint.map(p => p / sum(joint));
const elbo = (q: number[]) => sum(q.map((each, z) => each * Math.log(joint[z]! / each)));
const threeQ = [[0.5, 0.5], [0.2, 0.8], [0.95, 0.05]];`;

export const LINE = `const line = new LinearGaussian({ weights: [[1.5]], offset: [0.2], noise: 0.7 }); // x = 1.5 z + 0.2 and noise
const decode = (z: number) => 1.5 * z + 0.2;`;

/** For each lecture its rows, and folded under them what the index computes itself. */
export function rowsByLecture<Row extends Slip | Question>(
  index: string,
  groups: readonly [Lecture, Row[]][],
  nameOf: (row: Row) => string,
  rowOf: (row: Row) => string,
): Cell[] {
  return groups.flatMap(([lecture, own]) => {
    const proofs = own.filter(({ evidence }) => evidence).map(row => ({ name: nameOf(row), evidence: row.evidence }));
    const id = lecture.number.padStart(2, "0");
    return [
      text(`${index}rows${id}`, `## Lecture ${lecture.number}: ${lecture.title}`, ...own.map(rowOf)),
      ...(proofs.length > 0 ? [folded(`${index}own-${id}`, "The evidence", "hide-input", claimsOf(proofs))] : []),
    ];
  });
}

/** How many rows of each lecture are of a kind. */
export function countsByLecture<Row>(groups: readonly [Lecture, Row[]][], isOf: (row: Row) => boolean): number[] {
  return lectures.map(each => groups.find(([lecture]) => lecture === each)?.[1].filter(isOf).length ?? 0);
}

/** Which notes are meant by the names in the rows. */
export const NOTES = `The notes, by the names that they have below: ${Object.entries(notes)
  .map(([name, what]) => `*${name}*, ${what}`)
  .join("; ")}. Lines are those of the notes' text.`;
