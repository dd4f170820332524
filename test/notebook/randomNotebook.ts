import type { Cell, MimeData, Notebook, Output } from "../../src/notebook/index.ts";

/** Valid notebooks of every shape the format allows, the same ones for the same seed. */
export function randomNotebook(seed: number): Notebook {
  let state = seed * 2654435761 + 1;
  const below = (count: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) % count;
  };
  const pick = <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value;
  const text = () => Array.from({ length: below(8) }, () => pick(PIECES)).join("");
  const json = (depth = 0): unknown => {
    if (depth > 2 || below(2)) return pick<unknown>([null, true, -0.5, 1e300, 12, text(), ""]);
    if (below(2)) return Array.from({ length: below(4) }, () => json(depth + 1));
    return record(() => json(depth + 1));
  };
  const record = <Value>(value: () => Value) =>
    Object.fromEntries(Array.from({ length: below(4) }, () => [pick(KEYS), value()] as const)) as Record<string, Value>;
  const bundle = (): MimeData =>
    Object.fromEntries(
      Array.from({ length: below(4) }, () => pick(MIMES)).map(mime => [mime, /json$/.test(mime) ? json() : text()]),
    );
  const output = (): Output =>
    pick<() => Output>([
      () => ({ output_type: "stream", name: pick(["stdout", "stderr"]), text: text() }),
      () => ({ output_type: "display_data", data: bundle(), metadata: record(json) }),
      () => ({ output_type: "execute_result", data: bundle(), metadata: record(json), execution_count: below(9) }),
      () => ({ output_type: "error", ename: text(), evalue: text(), traceback: [text(), text()] }),
    ])();
  const cell = (_: unknown, index: number): Cell => {
    const base = { id: `cell-${index}`, source: text(), metadata: { ...record(json), tags: [text()] } };
    const attachments = below(2) ? { attachments: record(bundle) } : {};
    return pick<() => Cell>([
      () => ({ ...base, cell_type: "markdown", ...attachments }),
      () => ({ ...base, cell_type: "raw", ...attachments }),
      () => ({
        ...base,
        cell_type: "code",
        execution_count: pick([null, below(99)]),
        outputs: Array.from({ length: below(4) }, output),
      }),
    ])();
  };
  return { nbformat: 4, nbformat_minor: 5, metadata: record(json), cells: Array.from({ length: below(6) }, cell) };
}

const PIECES = [
  "plain ",
  "\n",
  "\r\n",
  "\r",
  "\n\n",
  "  indented\t",
  "x₁ ‖ 𝔼[log p] 漢",
  "\ud83d",
  "\udc00",
  "\u2028",
  "\u0085",
  "\v\f\x1c\x00",
  '"quoted\\',
  "</script>",
  "\ufeff",
];
const KEYS = ["b", "a", "10", "9", "é", "𝔼", "\uffee", "__proto__", "constructor", "", "a b", "execution"];
const MIMES = [
  "text/plain",
  "text/html",
  "image/png",
  "image/svg+xml",
  "application/javascript",
  "application/json",
  "application/vnd.plotly.v1+json",
  "application/vnd.custom",
];
