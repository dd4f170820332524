import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { equationNumbers } from "../../src/notebook/equationNumbers.ts";
import { parseNotebook } from "../../src/notebook/index.ts";
import { repository } from "../kernel/support.ts";

it("reads the number of each equation, in rows of one display too", () => {
  const text = String.raw`$$ a = b \tag{5.1}\label{one} $$ and \begin{align} a \label{two} \tag{5.2} \\ b \tag*{A}
    \label{three} \\ c \label{none} \end{align} \[ d \tag{5.4} \] \[ e \label{neither} \]`;
  expect(Object.fromEntries(equationNumbers([text]))).toEqual({ one: "5.1", two: "5.2", three: "A" });
});

it("knows every equation that a lecture refers to", () => {
  const { lectures } = JSON.parse(readFileSync(join(repository, "notebooks/course.json"), "utf8")) as {
    lectures: { notebook: string }[];
  };
  let references = 0;
  for (const { notebook } of lectures) {
    const { cells } = parseNotebook(readFileSync(join(repository, "notebooks", notebook), "utf8"), notebook);
    const texts = cells.filter(each => each.cell_type === "markdown").map(each => each.source);
    const numbers = equationNumbers(texts);
    for (const [, label = ""] of texts.join("\n").matchAll(/\\(?:eq)?ref\{([^}]*)\}/g)) {
      references++;
      expect(numbers.has(label), `${label} of ${notebook}`).toBe(true);
    }
  }
  expect(references).toBeGreaterThan(10);
});
