import type { Notebook } from "../../src/notebook/index.ts";
import { countByNotes, linkTo, placesOf, sectionOf, slipsFile, targetsOf } from "./lookup.ts";
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
import { type Notes, notes, type Question } from "./row.ts";
import { questions } from "./questions.ts";

/** The index of the questions, as it is before it ran. */
export function questionsNotebook(): Notebook {
  const groups = byLecture(questions);
  const inOrder = groups.flatMap(([, own]) => own);
  const nameOf = (question: Question) => `Q${inOrder.indexOf(question) + 1}`;
  const most = [...groups].sort(([, a], [, b]) => b.length - a.length)[0];
  return notebookOf([
    text(
      "13first0",
      "# 13. Open questions",
      `Good notes ask. Most of these ${questions.length} questions were written down by people who were learning what this course teaches, some by their teachers, and some are only a *to do* at the place where an answer should be. Here is what each comes to, in a sentence or two, and the way to the cell that works it out.`,
      "**How to use it.** Answer first, in your head or on paper; then read; then follow the link if you would have said something else. What is **bold** in an answer is a result of that cell, or of one line of exact arithmetic folded under the questions of its lecture. **Time** 25 minutes; the code runs in seconds.",
      "**Who asks what.** Where in the course do you expect most of the questions?",
    ),
    folded(
      "13chart0",
      "The figure",
      "hide-input",
      stackedBars({
        parts: Object.fromEntries(
          (Object.keys(notes) as Notes[]).map(name => [name, countsByLecture(groups, ({ at }) => at[0]?.[0] === name)]),
        ),
        title: `${questions.length} questions, by lecture and by the notes that ask`,
        alt: `Stacked bars, one a lecture: ${countByNotes(questions)
          .map(([name, count]) => `${name} ${count}`)
          .join(", ")}; most in lecture ${most?.[0].number}, ${most?.[1].length}.`,
      }),
    ),
    text(
      "13notes0",
      "At both beginnings: where a density is first fitted, and where something is first hidden. Who learns asks what the words mean; where there are formulas to follow, on flows and networks, hardly anybody asks.",
      NOTES,
      EXAMPLES,
    ),
    folded("13import", "The imports, and what the answers share", "hide-cell", SHARED),
    ...rowsByLecture("13", groups, nameOf, question => rowOf(nameOf(question), question)),
    text(
      "13counts",
      "## Counted",
      table(
        ["answered in lecture", "questions"],
        groups.map(([{ number, title }, own]) => [`${number} ${title}`, own.length]),
      ),
      table(["asked in the notes of", "questions"], countByNotes(questions)),
      "A third of them circle around two words, *intractable* and *variational*. Neither is a reason to stop: the first says that a sum has too many terms, the second that one looks for a function instead. Both have been put into numbers above.",
      `**See also** the other index, of what the notes print and should not: [slips in the notes](${slipsFile}).`,
    ),
  ]);
}

function rowOf(name: string, question: Question): string {
  const links = targetsOf(question).map(target => linkTo(target, sectionOf(target)));
  return [`**${name}. ${question.asks}** (${placesOf(question.at)})`, `${question.answer} → ${links.join(", ")}`].join(
    "\n\n",
  );
}

const SHARED = `import {
  claim, crossEntropy, entropy, klDivergence, klGaussian, klIntegral, LinearGaussian, logIntegral, logSumExp, trapezoid,
} from "../src/index.ts";

${HELPERS}

${COIN}
const grid = Array.from({ length: 200 }, (_, i) => i + 1);
${MIDDLES}

${TWO_CAUSES}

${LINE}
/** The variance of a parameter that takes steps of size a over batches of B draws of variance 1, once it has settled. */
const settled = (a: number, B: number) => grid.reduce(variance => (1 - a) ** 2 * variance + a ** 2 / B, 0);
/** E f(z) under N(m, 1). */
const integralOf = (f: (z: number) => number, m: number) => {
  const { points, logWeights } = trapezoid(-10, 10, 2001);
  return sum(points.map((z, i) => Math.exp(logWeights[i]! + logNormal(z, m, 1)) * f(z)));
};`;
