import type { Notebook } from "../../src/notebook/index.ts";
import { countByNotes, lectures, linkTo, placesOf, questionsFile, sectionOf, targetsOf, titleOf } from "./lookup.ts";
import { EXAMPLES, byLecture, claimsOf, folded, notebookOf, stackedBars, table, text } from "./pages.ts";
import { kinds, notes, type Kind, type Slip } from "./row.ts";
import { slips } from "./slips.ts";

/** The index of the slips, as it is before it ran. */
export function slipsNotebook(): Notebook {
  const groups = byLecture(slips);
  const most = [...groups].sort(([, a], [, b]) => b.length - a.length)[0];
  return notebookOf([
    text(
      "12first0",
      "# 12. Slips in the notes",
      `Notes taken in a lecture have slips, and so have slides. This is every one that we found in the five sets of notes of this course, ${slips.length} in all: a sign lost in copying, an index off by one, a condition that nobody said aloud, and a few statements that are wrong as they stand. Each is refuted by a number.`,
      "**How to use it.** A row has what is printed, in our words; what *fails*, with the number in bold; what is *right*; and the way to the cell where it can be seen failing. Read the first line and say what is wrong with it, then go on: the name of a slip gives it away, so it stands last. What exact arithmetic can decide is decided here as well, a line for each slip, folded under the rows of its lecture. **Time** 25 minutes; the code runs in seconds.",
      "**What breaks, and where.** Which kind do you expect to be the most frequent?",
    ),
    folded(
      "12chart0",
      "The figure",
      "hide-input",
      stackedBars({
        parts: Object.fromEntries(
          (Object.keys(kinds) as Kind[]).map(kind => [
            kinds[kind],
            lectures.map(
              each => groups.find(([lecture]) => lecture === each)?.[1].filter(s => s.kind === kind).length ?? 0,
            ),
          ]),
        ),
        title: `${slips.length} slips, by lecture and kind`,
        alt: `Stacked bars, one a lecture: ${countsInWords(byKind())}; most in lecture ${most?.[0].number}, ${most?.[1].length}.`,
      }),
    ),
    text(
      "12notes0",
      `A symbol or an index is wrong in ${kindsCounted("symbol")}, a statement in ${kindsCounted("statement")}; a condition is missing in ${kindsCounted("condition")}, a sign or its bars in ${kindsCounted("sign")}. Signs are lost where formulas are long, on flows. The ELBO is where sentences go wrong: it is easy to copy, and hard to say in words.`,
      `The notes, by the names that they have below: ${Object.entries(notes)
        .map(([name, what]) => `*${name}*, ${what}`)
        .join("; ")}. Lines are those of the notes' text.`,
      EXAMPLES,
    ),
    folded("12import", "The imports, and what the rows share", "hide-cell", SHARED),
    ...groups.flatMap(([lecture, own]) => {
      const proofs = own.filter(({ evidence }) => evidence).map(({ item: name, evidence }) => ({ name, evidence }));
      const id = lecture.number.padStart(2, "0");
      return [
        text(`12rows${id}`, `## Lecture ${lecture.number}: ${lecture.title}`, ...own.map(rowOf)),
        ...(proofs.length > 0 ? [folded(`12own-${id}`, "The evidence", "hide-input", claimsOf(proofs))] : []),
      ];
    }),
    text(
      "12counts",
      "## Counted",
      table(["what slipped", "slips"], byKind()),
      table(["in the notes of", "slips"], countByNotes(slips)),
      `One in ${Math.round(slips.length / kindsCounted("sign"))} is a sign or a pair of bars, which the eye passes over and arithmetic does not. The costly ones are the conditions: each sentence is true of the case that its author had in mind. The cure is the same for all: put in numbers, two causes and a coin if need be, and see whether both sides agree.`,
      `**Next.** What the notes ask, and what the course answers: [open questions](${questionsFile}).`,
    ),
  ]);
}

/** The statement comes first and what it is called last: the name tells what is wrong. */
function rowOf(slip: Slip): string {
  const links = targetsOf(slip).map(target => linkTo(target, sectionOf(target)));
  return [
    `**${slip.item}.** (${placesOf(slip.at)}) ${slip.printed}`,
    `- *It fails.* ${slip.fails}\n- *Right.* ${slip.right}\n- *${titleOf(slip)}*: ${links.join(", ")}.`,
  ].join("\n\n");
}

function kindsCounted(kind: Kind): number {
  return slips.filter(slip => slip.kind === kind).length;
}

function byKind(): [string, number][] {
  return (Object.keys(kinds) as Kind[]).map(kind => [kinds[kind], kindsCounted(kind)]);
}

function countsInWords(counts: readonly [string, number][]): string {
  return counts.map(([name, count]) => `${name} ${count}`).join(", ");
}

const SHARED = `import {
  bitsPerDimension, claim, crossEntropy, entropy, klDivergence, klGaussian, LinearGaussian, logIntegral, logSumExp,
  trapezoid,
} from "../src/index.ts";

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const logNormal = (x: number, mean: number, std: number) =>
  -0.5 * ((x - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);
const integral = (log: (x: number) => number) => Math.exp(logIntegral(log, trapezoid(-20, 20, 4001)));
const gaussian = (covariance: number[][], mean = covariance.map(() => 0)) => ({ mean, covariance });
const det = (A: number[][]) => A[0]![0]! * A[1]![1]! - A[0]![1]! * A[1]![0]!;
const gram = (A: number[][]) => A.map(row => A.map(other => sum(row.map((value, i) => value * other[i]!))));
const mirror = [[0, 1], [1, 0]];

const [nine, fair] = [[0.9, 0.1], [0.5, 0.5]]; // nine heads in ten throws; a fair coin
const coins = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
const lowest = (f: (p: number) => number) => coins.reduce((best, p) => (f(p) < f(best) ? p : best));
const words = (bits: number) => Array.from({ length: 2 ** bits }, (_, n) => Array.from({ length: bits }, (_, i) => (n >> i) & 1));
const bytes = Array.from({ length: 256 }, (_, x) => x);
const middles = Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000); // of the cells of [0, 1)

const joint = [0.45, 0.05]; // two causes, equally likely, which make the datum with 0.9 and with 0.1
const posterior = joint.map(p => p / sum(joint));
const elbo = (q: number[]) => sum(q.map((each, z) => each * Math.log(joint[z]! / each)));
const threeQ = [[0.5, 0.5], [0.2, 0.8], [0.95, 0.05]];

const line = new LinearGaussian({ weights: [[1.5]], offset: [0.2], noise: 0.7 }); // x = 1.5 z + 0.2 and noise
const decode = (z: number) => 1.5 * z + 0.2;
const code = line.posterior([2]).mean[0]!;
const both = new LinearGaussian({ weights: [[1, 1]], offset: [0], noise: 0.5 }).posterior([1]); // x = z₁ + z₂ and noise
const objective = (s: number) => -logNormal(2 / s, 0, 1) + Math.log(s); // data at ±2, z = x / s
const reached = (phi: number) => logNormal(2, phi, 1) - 0.5; // E log N(2; φ + ε, 1)`;
