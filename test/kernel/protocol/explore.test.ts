import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { runNotebook } from "../../../src/cli/runNotebook.ts";
import { EXPLORE, type ExploreRecord, figureAt, type RecordedFigure, readRecord } from "../../../src/explore/index.ts";
import { type MimeData, type Notebook, readNotebook } from "../../../src/notebook/index.ts";
import { repository, slowness } from "../support.ts";
import { stopAll, TestKernel } from "./client.ts";

vi.setConfig({ testTimeout: 120_000 * slowness, hookTimeout: 120_000 * slowness });

const PLOTLY = "application/vnd.plotly.v1+json";
const file = path.join(repository, "test/fixtures/notebooks/explore.ipynb");

interface Stored {
  record: ExploreRecord;
  figure: RecordedFigure;
  data: MimeData;
}

let stored: Stored[];
let live: (Stored & { kernel: TestKernel })[];

/** The figures that move, from what cells have shown. */
function movingIn(shown: { data?: MimeData; metadata?: Record<string, unknown> }[]): Stored[] {
  return shown.flatMap(({ data, metadata }) => {
    const record = readRecord(data?.[EXPLORE]);
    if (!data || !record) return [];
    const noted = metadata?.[PLOTLY] as { alt: string };
    return [{ record, data, figure: { ...(data[PLOTLY] as unknown as RecordedFigure), alt: noted.alt } }];
  });
}

beforeAll(async () => {
  const notebook: Notebook = await readNotebook(file);
  const ran = await runNotebook(file, notebook);
  expect(ran.error).toBeUndefined();
  stored = movingIn(ran.notebook.cells.flatMap(cell => (cell.cell_type === "code" ? cell.outputs : [])) as never);
  const kernel = await TestKernel.start({ directory: path.dirname(file) });
  live = [];
  for (const { cell_type, source } of notebook.cells) {
    if (cell_type !== "code") continue;
    const { error, id } = await kernel.run(source);
    expect(error).toBeUndefined();
    const shown = kernel.broadcast(id).filter(({ type }) => type === "update_display_data" || type === "display_data");
    const last = movingIn(shown.map(({ content }) => content)).at(-1);
    if (last) live.push({ ...last, kernel });
  }
});
afterAll(stopAll);

it("a live kernel shows what a run stores, but for the name by which it is asked", () => {
  expect([stored.length, live.length]).toEqual([2, 2]);
  for (const [index, { record, figure }] of live.entries()) {
    const { id, ...rest } = record;
    expect(id).toBeDefined();
    expect(rest).toEqual(stored[index]?.record);
    expect(figure).toEqual(stored[index]?.figure);
    expect(JSON.stringify(rest)).toBe(JSON.stringify(stored[index]?.record));
  }
});

it("every frame that a run stores is what a live kernel computes there, to the last digit", async () => {
  for (const [index, { record, figure }] of stored.entries()) {
    const { kernel, record: known } = live[index] as (typeof live)[number];
    const comm = `explore-${index}`;
    const answered = (ask: number) =>
      kernel.until(({ type, content }) => type === "comm_msg" && content.data.ask === ask);
    kernel.send("comm_open", { comm_id: comm, target_name: "lectern.explore", data: { id: known.id } });
    const start = record.controls.map(control => control.start);
    const places = [start, ...record.frames.map(({ at }) => at)];
    expect(places.length).toBeGreaterThan(20);
    for (const [turn, at] of places.entries()) {
      const ask = 1000 * (index + 1) + turn;
      kernel.send("comm_msg", { comm_id: comm, data: { ask, at } });
      const { content } = await answered(ask);
      expect(content.data.figure, `frame ${at}`).toEqual(figureAt(record, figure, at));
      expect(content.data.figure.alt.length).toBeGreaterThan(30);
    }
  }
});

it("answers between the frames too", async () => {
  const [{ kernel }] = live as [(typeof live)[number]];
  kernel.send("comm_msg", { comm_id: "explore-0", data: { ask: 7, at: [0, 18, 1] } });
  const { content } = await kernel.until(({ type, content }) => type === "comm_msg" && content.data.ask === 7);
  expect(figureAt((stored[0] as Stored).record, (stored[0] as Stored).figure, [0, 18, 1])).toBeUndefined();
  expect(content.data.figure.alt).toContain("q is highest at −5");
});
