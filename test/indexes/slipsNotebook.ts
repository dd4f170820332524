import type { Notebook } from "../../src/notebook/index.ts";
import { countByNotes, linkTo, placesOf, questionsFile, sectionOf, targetsOf, titleOf } from "./lookup.ts";
import {
  byLecture,
  COIN,
  countsByLecture,
  EXAMPLES,
  folded,
  HELPERS,
  LINE,
  MIDDLES,
  NOTES,
  notebookOf,
  rowsByLecture,
  stackedBars,
  table,
  text,
  TWO_CAUSES,
} from "./pages.ts";
import { kinds, type Kind, type Slip } from "./row.ts";
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
            countsByLecture(groups, slip => slip.kind === kind),
          ]),
        ),
        title: `${slips.length} slips, by lecture and kind`,
        alt: `Stacked bars, one a lecture: ${countsInWords(byKind())}; most in lecture ${most?.[0].number}, ${most?.[1].length}.`,
      }),
    ),
    text(
      "12notes0",
      `A symbol or an index is wrong in ${kindsCounted("symbol")}, a statement in ${kindsCounted("statement")}; a condition is missing in ${kindsCounted("condition")}, a sign or its bars in ${kindsCounted("sign")}. Signs are lost where formulas are long, on flows. The ELBO is where sentences go wrong: it is easy to copy, and hard to say in words.`,
      NOTES,
      EXAMPLES,
    ),
    folded("12import", "The imports, and what the rows share", "hide-cell", SHARED),
    ...rowsByLecture("12", groups, ({ item }) => item, rowOf),
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

${HELPERS}
const det = (A: number[][]) => A[0]![0]! * A[1]![1]! - A[0]![1]! * A[1]![0]!;
const gram = (A: number[][]) => A.map(row => A.map(other => sum(row.map((value, i) => value * other[i]!))));
const mirror = [[0, 1], [1, 0]];

${COIN}
const bytes = Array.from({ length: 256 }, (_, x) => x);
${MIDDLES}

${TWO_CAUSES}

${LINE}
const code = line.posterior([2]).mean[0]!;
const both = new LinearGaussian({ weights: [[1, 1]], offset: [0], noise: 0.5 }).posterior([1]); // x = z₁ + z₂ and noise
const objective = (s: number) => -logNormal(2 / s, 0, 1) + Math.log(s); // data at ±2, z = x / s
const reached = (phi: number) => logNormal(2, phi, 1) - 0.5; // E log N(2; φ + ε, 1)`;
