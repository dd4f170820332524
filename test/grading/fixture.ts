import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** A tiny lecture with its solutions in, and what students make of it. */

export const root = resolve(import.meta.dirname, "../..");

export interface PlainCell {
  cell_type: "code" | "markdown";
  id?: string;
  metadata: Record<string, unknown>;
  source: string;
  outputs?: unknown[];
  execution_count?: number | null;
  attachments?: Record<string, Record<string, string>>;
}

export function code(id: string, source: string, metadata: Record<string, unknown> = {}): PlainCell {
  return { cell_type: "code", id, metadata, source, outputs: [], execution_count: null };
}

export function text(id: string, source: string, metadata: Record<string, unknown> = {}): PlainCell {
  return { cell_type: "markdown", id, metadata, source };
}

export function notebook(cells: PlainCell[]): string {
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

const answer = (name: string, type: string, solution: string) =>
  `function ${name}(${type} {\n  // BEGIN SOLUTION\n  ${solution}\n  // END SOLUTION\n}`;

export const lecture: PlainCell[] = [
  text("title", "# Sums"),
  code(
    "imports",
    `import { check, unanswered } from ${JSON.stringify(join(root, "src/exercise/index.ts"))};\nconst one = (n: number) => n + 1;`,
  ),
  code("a1", answer("triangle", "n: number): number", "return (n * (n + 1)) / 2; // Gauss")),
  code(
    "c1",
    'check("1.1", must => must("it must grow by n", [1, 2, 9].every(n => triangle(n) - triangle(n - 1) === n) && triangle(0) === 0, { got: triangle(9) }));',
    {
      tags: ["hide-input"],
      lectern: { points: 2 },
    },
  ),
  text("between", "Now with a helper."),
  code("a2", answer("successor", "n: number): number", "return n + 2 - 1;")),
  code(
    "c2",
    'check("1.2", must => must("it must be one more", successor(4) === one(4), { got: successor(4) }));\ncheck("1.2 below", must => must("it must be one more", successor(-5) === one(-5), { got: successor(-5) }));',
    {
      lectern: { points: { "1.2": 1, "1.2 below": 0.5 } },
    },
  ),
  code(
    "hidden",
    'check("1.3 large", must => must("a large one must come out", triangle(1e6) === 500000500000, { got: triangle(1e6) }));',
    {
      tags: ["instructor-only"],
    },
  ),
  text("note", "Praise Gauss.", { tags: ["instructor-only"] }),
];

/** The student's edition with other sources in some cells, `null` for a cell that is gone, and more behind others. */
export function handIn(
  starter: PlainCell[],
  sources: Record<string, string | null>,
  added: Record<string, PlainCell[]> = {},
): PlainCell[] {
  return starter.flatMap(cell => {
    const own = sources[cell.id ?? ""];
    const kept = own === null ? [] : [own === undefined ? cell : { ...cell, source: own }];
    return [...kept, ...(added[cell.id ?? ""] ?? [])];
  });
}

export const triangle = (body: string) => `function triangle(n: number): number {\n  ${body}\n}`;
export const successor = (body: string) => `function successor(n: number): number {\n  ${body}\n}`;

export function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
