import { type Grade, pointsOf } from "./record.ts";
import type { ExerciseGrade } from "./score.ts";

/** The grades as a table that spreadsheets and grade books read: one row a submission, one column an exercise. */
export function csvTable(grades: readonly Grade[]): string {
  const exercises = exerciseNames(grades);
  const head = ["submission", "lecture", "points", "of", ...exercises, "look at", "notes"];
  const rows = grades.map(grade => {
    const { points, of } = pointsOf(grade);
    const own = new Map(grade.exercises.map(each => [each.exercise, each.points]));
    const each = exercises.map(name => own.get(name) ?? "");
    return [
      grade.submission,
      grade.lecture ?? "",
      points,
      of,
      ...each,
      lookAt(grade).join(" "),
      notes(grade).join(" "),
    ];
  });
  return `${[head, ...rows].map(row => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/** The same to be read: a mark for each exercise, and below the table why points are missing. */
export function markdownTable(grades: readonly Grade[]): string {
  const exercises = exerciseNames(grades);
  const head = ["submission", "lecture", "points", ...exercises, "look at"];
  const rows = grades.map(grade => {
    const { points, of } = pointsOf(grade);
    const own = new Map(grade.exercises.map(each => [each.exercise, each]));
    const each = exercises.map(name => mark(own.get(name)));
    return [
      plain(grade.submission),
      plain(grade.lecture ?? "–"),
      `${points} / ${of}`,
      ...each,
      lookAt(grade).map(plain).join("<br>"),
    ];
  });
  const lines = [head.map(plain), head.map((_, i) => (i < 2 || i === head.length - 1 ? "---" : "---:")), ...rows];
  const why = grades.flatMap(grade => {
    const reasons = [
      ...grade.exercises.filter(({ state }) => state !== "right").map(each => `${each.exercise}: ${wordsOf(each)}`),
      ...notes(grade),
    ];
    return reasons.length === 0
      ? []
      : [`\n**${plain(grade.submission)}**\n\n${reasons.map(each => `- ${plain(each)}`).join("\n")}\n`];
  });
  return `# Grades\n\n${lines.map(row => `| ${row.join(" | ")} |`).join("\n")}\n\n✓ right, ✗ wrong, ○ not answered, – did not run, ? right but withheld until somebody looked\n${why.join("")}`;
}

/** What came of an exercise, in words. */
export function wordsOf({ state, message }: ExerciseGrade): string {
  if (state === "right") return "right.";
  if (state === "unanswered") return "not answered.";
  const told = oneLine(message);
  return { wrong: "not right. ", failed: "did not run: ", withheld: "withheld: " }[state] + told;
}

export function mark(grade: ExerciseGrade | undefined): string {
  if (grade === undefined) return "";
  return `${{ right: "✓", wrong: "✗", unanswered: "○", failed: "–", withheld: "?" }[grade.state]} ${grade.points}`;
}

function lookAt({ findings, error }: Grade): string[] {
  return [
    ...(error === undefined ? [] : [error]),
    ...findings.flatMap(each => (each.kind === "suspicion" ? [oneLine(each.text)] : [])),
  ];
}

function notes({ findings }: Grade): string[] {
  return findings.flatMap(each => (each.kind === "note" ? [oneLine(each.text)] : []));
}

/** In the order of the lectures; a lecture's own order is kept. */
function exerciseNames(grades: readonly Grade[]): string[] {
  const byLecture = [...grades].sort((a, b) => compare(a.lecture ?? "", b.lecture ?? ""));
  return [...new Set(byLecture.flatMap(({ exercises }) => exercises.map(({ exercise }) => exercise)))];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One line that is not too long; what students write may be anything. */
function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

/** A spreadsheet takes what begins so for a formula. */
function csvCell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A text that Markdown and HTML leave as it is. */
function plain(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>()#+!|$&~]/g, sign => `&#${sign.charCodeAt(0)};`);
}
