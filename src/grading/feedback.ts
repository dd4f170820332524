import { renderHandout } from "../handout/index.ts";
import { belowTitle, type MarkdownCell } from "../notebook/index.ts";
import type { Graded } from "./gradeSubmission.ts";
import { pointsOf } from "./record.ts";
import { mark, wordsOf } from "./table.ts";

/** What a student gets back: the notebook as it ran here, and above it what each exercise came to. */
export async function renderFeedback({ notebook, exercises, findings }: Graded, source: string): Promise<string> {
  const { points, of } = pointsOf({ submission: "", exercises, findings });
  const rows = exercises.map(
    each =>
      `<tr><td>${text(each.exercise)}</td><td>${mark(each)} / ${each.of}</td><td>${text(wordsOf(each))}</td></tr>`,
  );
  const notes = findings.filter(({ kind }) => kind === "note").map(each => `<li>${text(each.text)}</li>`);
  const lines = [
    `**${points} of ${of} points.** Your answers ran in the lecture as it was handed out, with its own checks; below is what they showed.`,
    "",
    "<table><thead><tr><th>Exercise</th><th>Points</th><th>What the check says</th></tr></thead><tbody>",
    ...rows,
    "</tbody></table>",
    ...(notes.length > 0 ? ["", `<ul>${notes.join("")}</ul>`] : []),
  ];
  const summary: MarkdownCell = {
    cell_type: "markdown",
    id: "lectern-feedback",
    metadata: {},
    source: lines.join("\n"),
  };
  return renderHandout({ ...notebook, cells: belowTitle(notebook.cells, summary) }, { source });
}

/** What students write may be anything: in a table of Markdown only letters, digits and spaces are sure to be themselves. */
function text(words: string): string {
  return words.replace(/[^\p{L}\p{N} .,;:?✓✗○–…]/gu, sign => `&#${sign.codePointAt(0)};`);
}
