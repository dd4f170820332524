import { describe, expect, it } from "vitest";
import { cleanNotebook, formatNotebook, lacksDrawing, type Notebook, parseNotebook } from "../../src/notebook/index.ts";
import { randomNotebook } from "./randomNotebook.ts";

const plotly = "application/vnd.plotly.v1+json";
const svg = "image/svg+xml";
const png = "image/png";

function notebook(outputs: object[], metadata: object = {}, cellMetadata: object = {}): Notebook {
  const cell = { cell_type: "code", id: "a", metadata: cellMetadata, source: "1", execution_count: 3, outputs };
  return { nbformat: 4, nbformat_minor: 5, metadata, cells: [cell] } as Notebook;
}
const result = (data: object) => ({ output_type: "execute_result", execution_count: 3, data, metadata: {} });
const code = (of: Notebook) => of.cells[0] as Extract<Notebook["cells"][number], { cell_type: "code" }>;

describe("without outputs", () => {
  it("has no counts and no outputs, and all else", () => {
    const cleaned = cleanNotebook(
      notebook([result({ "text/plain": "1" })], { kernelspec: { name: "x" } }, { tags: ["t"] }),
    );
    expect(cleaned).toEqual({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: "x" } },
      cells: [
        { cell_type: "code", id: "a", metadata: { tags: ["t"] }, source: "1", execution_count: null, outputs: [] },
      ],
    });
  });

  it("does not say what outputs came from that are gone, nor how widgets stood, but in which dialect it is", () => {
    const metadata = { lectern: { fingerprint: "f", dialect: "nostrict" }, widgets: {}, signature: "s" };
    expect(cleanNotebook(notebook([], metadata)).metadata).toEqual({ lectern: { dialect: "nostrict" } });
    expect(cleanNotebook(notebook([], { lectern: { fingerprint: "f" } })).metadata).toEqual({});
    const { signature: _, ...kept } = metadata;
    expect(cleanNotebook(notebook([], metadata), { keepOutputs: true }).metadata).toEqual(kept);
  });

  it.each([
    [{ keep_output: true }, {}, true],
    [{ tags: ["keep_output"] }, {}, true],
    [{ init_cell: true }, {}, true],
    [{}, { keep_output: true }, true],
    [{ keep_output: false }, { keep_output: true }, false],
    [{ keep_output: "yes" }, {}, false],
  ])("keeps the outputs that are to be kept, without their counts: %j in %j", (cell, metadata, kept) => {
    const found = code(cleanNotebook(notebook([result({ "text/plain": "1" })], metadata, cell)));
    expect(found.execution_count).toBe(null);
    expect(found.outputs).toEqual(kept ? [{ ...result({ "text/plain": "1" }), execution_count: null }] : []);
  });

  it("gives a count to no output that had none", () => {
    const stream = { output_type: "stream", name: "stdout", text: "1" };
    const metadata = { keep_output: true };
    const cleaned = cleanNotebook(notebook([stream], metadata));
    expect([code(cleaned).outputs, cleaned.metadata]).toStrictEqual([[stream], metadata]);
  });
});

describe("with outputs", () => {
  const clean = (of: Notebook, before?: Notebook) => cleanNotebook(of, { keepOutputs: true, before });
  const dataOf = (of: Notebook) => (code(of).outputs[0] as { data: object }).data;

  it("has no picture of a figure that has a drawing, and has other pictures", () => {
    const figure = { [plotly]: { data: [] }, [svg]: "<svg/>" };
    expect(dataOf(clean(notebook([result({ ...figure, [png]: "p" })])))).toEqual(figure);
    expect(dataOf(clean(notebook([result({ [png]: "p", [svg]: "<svg/>" })])))).toEqual({ [png]: "p", [svg]: "<svg/>" });
  });

  it("has the drawing from before where a picture took its place, and the figure is the same", () => {
    const figure = { [plotly]: { data: [{ y: [1e-5] }] } };
    const pictured = notebook([result({ ...figure, [png]: "p" })]);
    expect(lacksDrawing(pictured)).toBe(true);
    const before = notebook([result({ "text/plain": "1" }), result({ ...figure, [svg]: "<svg/>" })]);
    expect(lacksDrawing(before)).toBe(false);
    expect(dataOf(clean(pictured, before))).toEqual({ ...figure, [svg]: "<svg/>" });
    const other = notebook([result({ [plotly]: { data: [] }, [svg]: "<svg/>" })]);
    expect(dataOf(clean(pictured, other))).toEqual({ ...figure, [png]: "p" });
    expect(dataOf(clean(pictured))).toEqual({ ...figure, [png]: "p" });
  });

  it("has of a figure that moves what plays it, and nothing of the kernel that showed it", () => {
    const explore = "application/vnd.lectern.explore+json";
    const controls = { output_type: "display_data", data: {}, metadata: { lectern: { explore: "controls" } } };
    const other = { output_type: "display_data", data: {}, metadata: { lectern: {} } };
    const record = { controls: [{ name: "a" }], frames: ["{}"] };
    const live = notebook([controls, result({ [explore]: { ...record, id: "1" }, "text/plain": "a" }), other]);
    const stored = notebook([result({ [explore]: record, "text/plain": "a" }), other]);
    expect(clean(live)).toEqual(stored);
    expect(clean(stored)).toEqual(stored);
  });

  it("looks for drawings in code only, and past outputs that are no figures", () => {
    const stream = { output_type: "stream", name: "stdout", text: "1" };
    const figure = { [plotly]: { data: [] } };
    const pictured = notebook([stream, result({ ...figure, [png]: "p" })]);
    const prose = { cell_type: "markdown", id: "m", metadata: {}, source: "" } as Notebook["cells"][number];
    expect(lacksDrawing({ ...pictured, cells: [prose, ...pictured.cells] })).toBe(true);
    for (const other of [{ [png]: "p" }, figure]) expect(lacksDrawing(notebook([stream, result(other)]))).toBe(false);
    const before = notebook([stream, result({ ...figure, [svg]: "<svg/>" })]);
    expect(code(clean(pictured, before)).outputs[1]).toEqual(result({ ...figure, [svg]: "<svg/>" }));
  });

  it("does not say how somebody looked at it, nor the versions of TypeScript", () => {
    const language = { name: "typescript", file_extension: ".ts", mimetype: "text/x-typescript" };
    const headings = { heading_collapsed: true, hidden: true };
    const looked = { collapsed: true, scrolled: false, ExecuteTime: {}, trusted: true, ...headings };
    const seen = { ...looked, jupyter: { source_hidden: true } };
    const cleaned = clean(notebook([], { language_info: { ...language, version: "6", codemirror_mode: {} } }, seen));
    expect(cleaned.metadata).toEqual({ language_info: language });
    expect(cleaned.cells[0]?.metadata).toEqual({ jupyter: { source_hidden: true } });
    const python = { language_info: { name: "python", version: "3", pygments_lexer: "ipython3" } };
    expect(clean(notebook([], python)).metadata).toEqual(python);
  });

  it("writes numbers one way, whatever way an editor writes them", () => {
    const text = formatNotebook(notebook([result({ "application/json": [0.00001, 1.49e-8, 1] })]));
    const python = text.replace("0.00001", "1e-05").replace("1.49e-8", "1.49e-08").replace(" 1\n", " 1.0\n");
    expect(python).not.toBe(text);
    expect(formatNotebook(clean(parseNotebook(python)))).toBe(text);
  });
});

it.each([{}, { keepOutputs: true }])("a clean notebook is clean: %j", options => {
  for (let seed = 0; seed < 200; seed++) {
    const once = formatNotebook(cleanNotebook(parseNotebook(formatNotebook(randomNotebook(seed))), options));
    expect(formatNotebook(cleanNotebook(parseNotebook(once), options))).toBe(once);
  }
});
