import type { Cell } from "../../src/notebook/index.ts";
import { code, markdown, shown } from "./pages.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, i) => `a_{${i}}`).join(" + ");
const columns = (count: number) => Array.from({ length: count }, (_, i) => `column ${i}`);
const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const stream = (text: string) => ({ output_type: "stream" as const, name: "stdout" as const, text });
const ran = (text: string) => ({ output_type: "error" as const, ename: "Error", evalue: text, traceback: [text] });

/** A notebook in which everything is longer than a line: code, outputs, formulas, tables, words, links, claims. */
export function longCells(): Cell[] {
  const word = "x".repeat(200);
  return [
    markdown(
      [
        `# Everything is long, ${word}`,
        `A word ${word}, code \`${word}\`, a formula $${numbers(30)}$, [a link](https://example.org/${word}), https://example.org/${word}.`,
        `$$${numbers(40)}$$`,
        `$$${numbers(40)} \\tag{1}$$`,
        `$$\\begin{aligned} f(x) &= ${numbers(30)}\\\\ &= ${numbers(30)}\\end{aligned}$$`,
        [
          row(["name", ...columns(14)]),
          row(["---", ...columns(14).map(() => "--:")]),
          row([word, ...columns(14).map((_, i) => (i * 123.4567).toFixed(4))]),
        ].join("\n"),
        `\`\`\`ts\nconst long = "${word}";\n\`\`\``,
        `\`\`\`python\n    long = "${"word ".repeat(60)}"\n\`\`\``,
        `- a list\n  - in a list\n\n    \`\`\`ts\n    const deep = "${word}";\n    \`\`\``,
      ].join("\n\n"),
    ),
    code(
      `function long(alpha: number) {\n${" ".repeat(40)}return "${word}";\n\n\tconst text = "${"word ".repeat(60)}";\n}`,
      [
        stream(`${"word ".repeat(60)}\n${"=".repeat(300)}\n`),
        ran(`it went wrong: ${word} ${"word ".repeat(60)}`),
        shown({ "text/plain": `[ ${"0.123456789, ".repeat(60)} ]` }),
        shown({ "text/html": `<p>${word} ${"word ".repeat(60)}</p>` }),
        shown({ "application/vnd.lectern.claim+json": { text: `${word} ${word}`, holds: true, residual: 1e-9 } }),
        shown({
          "application/vnd.lectern.exercise+json": { exercise: "1", state: "wrong", message: `${word} ${word}` },
        }),
      ],
    ),
    { ...code("hidden()", [stream("the answer")], "hide-input", "predict"), id: "prediction" },
    { ...code("hidden()", [stream("the evidence")], "hide-output"), id: "output" },
    { ...code("hidden()", [stream("the part")], "hide-cell"), id: "part" },
  ];
}
