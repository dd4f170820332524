import { type Cell, type CodeCell, claimsIn, verdictsIn } from "../notebook/index.ts";
import type { GradedCell } from "./assemble.ts";
import { type Finding, suspicion } from "./findings.ts";

/** What in a student's code is for somebody to look at: it does nothing that an answer needs. One for each kind. */
export function suspiciousSources(cells: readonly GradedCell[]): Finding[] {
  const sources = cells.flatMap(({ cell, whose }) =>
    whose === "student" && cell.cell_type === "code" ? [withoutComments(cell.source)] : [],
  );
  return KINDS.flatMap(([pattern, what]) => {
    const found = sources.map(source => pattern.exec(source)?.[0]).find(each => each !== undefined);
    return found === undefined ? [] : [suspicion(`a cell ${what}: ${quoted(found)}.`)];
  });
}

/**
 * What the file shows and the run did not: right answers, and claims that hold. An answer that was changed after its
 * check ran looks the same, so this is no proof.
 */
export function unfoundedOutputs(
  submitted: readonly Cell[],
  run: readonly CodeCell[],
  right: ReadonlySet<string>,
): Finding[] {
  const outputs = submitted.flatMap(cell => (cell.cell_type === "code" ? cell.outputs : []));
  const shown = verdictsIn(outputs).filter(({ state }) => state === "right");
  const exercises = new Set(shown.map(({ exercise }) => String(exercise)).filter(each => !right.has(each)));
  const held = new Set(run.flatMap(cell => claimsIn(cell.outputs)).flatMap(claim => (claim.holds ? [claim.text] : [])));
  const claims = new Set(
    claimsIn(outputs).flatMap(({ text, holds }) => (holds && !held.has(text) ? [String(text)] : [])),
  );
  const found = [
    ...[...exercises].map(each => `the file shows ✓ for ${quoted(each)}, the run does not.`),
    ...[...claims].map(each => `the file shows a claim that the run does not: ${quoted(each)}.`),
  ];
  return found.slice(0, MOST).map(suspicion);
}

/** What a student's own cells showed in the run as if a check of the lecture had; they may have checks of their own. */
export function forgedVerdicts(
  run: readonly { cell: CodeCell; whose: GradedCell["whose"] }[],
  exercises: ReadonlySet<string>,
): Finding[] {
  const forged = run.some(
    ({ cell, whose }) =>
      whose === "student" && verdictsIn(cell.outputs).some(({ exercise }) => exercises.has(String(exercise))),
  );
  const printed = run.some(
    ({ cell, whose }) =>
      whose === "student" &&
      cell.outputs.some(each => verdictsIn([each]).length === 0 && /✓[\s\S]{0,80}\bright\b/.test(wordsIn(each))),
  );
  return [
    ...(forged ? [suspicion("a cell of the student's shows a verdict; it does not count.")] : []),
    ...(printed && !forged ? [suspicion("a cell of the student's prints ✓ right; it does not count.")] : []),
  ];
}

function wordsIn(output: object): string {
  if ("text" in output) return String(output.text);
  const data = "data" in output ? (output.data as Record<string, unknown>) : {};
  return `${data["text/plain"] ?? ""} ${data["text/html"] ?? ""}`;
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}

function quoted(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

const MOST = 5;
const GLOBALS = "Math|JSON|Object|Array|Number|String|Promise|Reflect|Function|Symbol|Map|Set|Date|RegExp|Error";
const KINDS: [pattern: RegExp, what: string][] = [
  [/vnd\.lectern\.(?:exercise|claim)/, "writes a verdict or a claim of its own"],
  [/Symbol\.for\(\s*["'`]lectern\.\w+/, "reaches for the kernel's hooks"],
  [/\bcheck\s*=(?![=>])|(?:function|const|let|var|class)\s+check\b/, "declares check anew"],
  [/(?:globalThis|\bglobal)\s*(?:\.\s*\w+|\[[^\]]*\])\s*=(?!=)/, "changes what is global"],
  [/\.prototype\s*(?:\.\s*\w+|\[[^\]]*\])\s*=(?!=)/, "changes what values inherit"],
  [new RegExp(String.raw`(?<![\w$.])(?:${GLOBALS})\s*(?:\.\s*\w+|\[[^\]]*\])\s*=(?![=>])`), "changes the language"],
  [/\b(?:defineProperty|defineProperties|setPrototypeOf|__proto__|__defineGetter__)\b/, "changes what objects are"],
  [
    /\bprocess\s*(?:\?\.|\.|\[)\s*["']?(?:exit|kill|abort|reallyExit|emit|binding|dlopen|on|once|removeAllListeners|send|disconnect)\b/,
    "steers the process",
  ],
  [
    /["'`](?:node:)?(?:fs|child_process|worker_threads|inspector|net|tls|http|https|http2|dgram|v8|vm|module|cluster)(?:\/promises)?["'`]/,
    "imports from node",
  ],
  [/(?<![\w$.])fetch\s*\(/, "uses the network"],
  [/\beval\s*\(|new\s+Function\s*\(/, "makes code of text"],
];
