import { afterAll, beforeAll, expect, it } from "vitest";
import { formatNotebook, type Notebook } from "../../src/notebook/index.ts";
import { makeWorkspace } from "../kernel/support.ts";
import { Page, stopAll, TestServer, until } from "./support.ts";

const verdict = (state: string) => ({
  "application/vnd.lectern.exercise+json": { exercise: "1.1", state, message: "" },
});
const lecture: Notebook = {
  cells: [
    { cell_type: "code", id: "answer", metadata: {}, source: "1", outputs: [], execution_count: 1 },
    {
      cell_type: "code",
      id: "check",
      metadata: {},
      source: "2",
      outputs: [{ output_type: "display_data", metadata: {}, data: verdict("unanswered") }],
      execution_count: 2,
    },
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
};
const path = "notebooks/01-one.ipynb";
const course = { title: "A course", lectures: [{ notebook: "01-one.ipynb", title: "One", minutes: 5, needs: [] }] };

let server: TestServer;
beforeAll(async () => {
  const files = { [path]: formatNotebook(lecture), "notebooks/course.json": JSON.stringify(course) };
  server = await TestServer.start({ mode: "study" }, {}, makeWorkspace(files));
});
afterAll(stopAll);

it("counts an exercise whose solution lies apart as solved once its check says so", async () => {
  const { json } = await server.ask("POST", "/api/sessions", { path, type: "notebook", kernel: {} });
  const page = await Page.open(server, json.kernel.id);
  const of = async () => (await server.get("/lectern/course")).json.lectures[0];
  const says = async (state: string) => {
    const shown = `({ [Symbol.for("Jupyter.display")]: () => (${JSON.stringify(verdict(state))}) })`;
    await page.finished(page.execute(shown, "check"));
  };
  expect(await of()).toMatchObject({ cells: { run: 0 }, exercises: { total: 1, solved: 0 } });
  await says("unanswered");
  await until(async () => (await of()).cells.run === 1, "the run");
  expect((await of()).exercises).toEqual({ total: 1, solved: 0, wrong: 0 });
  await says("right");
  await until(async () => (await of()).exercises.solved === 1, "the exercise");
  await says("wrong");
  await until(async () => (await of()).exercises.solved === 0, "the exercise, broken again");
  expect((await of()).exercises).toEqual({ total: 1, solved: 0, wrong: 1 });
  await page.close();
});

it("counts what runs where the kernel was asked for under another name, as JupyterLab does", async () => {
  const of = async () => (await server.get("/lectern/course")).json.lectures[0];
  const session = { path: "notebooks/4000ba87-adf9-4713-a4da-17863cf78165", type: "notebook", kernel: {} };
  const { json } = await server.ask("POST", "/api/sessions", session);
  await server.ask("PATCH", `/api/sessions/${json.id}`, { path });
  const page = await Page.open(server, json.kernel.id);
  const shown = `({ [Symbol.for("Jupyter.display")]: () => (${JSON.stringify(verdict("right"))}) })`;
  await page.finished(page.execute(shown, "check"));
  await until(async () => (await of()).exercises.solved === 1, "the exercise");
  await page.close();
});

it("takes the word of the reader's copy where a check ran elsewhere", async () => {
  await server.ask("POST", `/lectern/reset/${path}`);
  const of = async () => (await server.get("/lectern/course")).json.lectures[0].exercises;
  expect(await of()).toEqual({ total: 1, solved: 0, wrong: 0 });
  const [answer, check] = lecture.cells;
  const output = { output_type: "display_data", metadata: {}, data: verdict("right") };
  const content = { ...lecture, cells: [answer, { ...check, outputs: [output] }] };
  await server.ask("PUT", `/api/contents/${path}`, { type: "notebook", format: "json", content });
  expect(await of()).toEqual({ total: 1, solved: 1, wrong: 0 });
});
