import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace } from "../support.ts";
import { stopAll, TestKernel } from "./client.ts";

const workspace = makeWorkspace();
let kernel: TestKernel;

beforeAll(async () => {
  kernel = await TestKernel.start({ directory: workspace.notebooks });
  await kernel.run(
    "/** How fast it *learns*. */\nfunction rate(epoch: number) { return 0.1 / epoch; }\nconst row = { id: 1, label: 'one' };",
  );
});
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

/** Sends the code with the cursor, in code points, at `|`. */
async function at(type: string, marked: string, options: object = {}) {
  const cursor = [...marked].indexOf("|");
  const code = marked.replace("|", "");
  return { code, content: (await kernel.ask(type, { code, cursor_pos: cursor, ...options })).content };
}

describe("completion", () => {
  it("lists the members of what a cell declared, with their kinds", async () => {
    const { content } = await at("complete_request", "row.|");
    expect(content).toMatchObject({ status: "ok", matches: ["id", "label"], cursor_start: 4, cursor_end: 4 });
    expect(content.metadata._jupyter_types_experimental).toEqual([
      { text: "id", type: "property", start: 4, end: 4, signature: "number" },
      { text: "label", type: "property", start: 4, end: 4, signature: "string" },
    ]);
  });

  it("counts the cursor in code points, after an emoji too", async () => {
    const { code, content } = await at("complete_request", 'const s = "😀🎲"; row.la|; // 😀');
    const points = [...code];
    points.splice(content.cursor_start, content.cursor_end - content.cursor_start, content.matches[0]);
    expect(points.join("")).toBe('const s = "😀🎲"; row.label; // 😀');
  });

  it("has nothing to say at a place where nothing fits", async () => {
    const { content } = await at("complete_request", '"text|"');
    expect(content).toMatchObject({ status: "ok", matches: [], cursor_start: 5, cursor_end: 5 });
  });

  it("takes a cursor that is missing or out of range for the end", async () => {
    for (const cursor_pos of [undefined, 99, -1, "2"]) {
      const { content } = await kernel.ask("complete_request", { code: "row.la", cursor_pos });
      expect(content.matches).toEqual(["label"]);
    }
  });

  it("is answered while a cell runs", async () => {
    const id = kernel.start("for (const end = Date.now() + 3000; Date.now() < end; );");
    await kernel.running(id);
    const answered = (await kernel.ask("complete_request", { code: "row.", cursor_pos: 4 })).time;
    const done = await kernel.finished(id);
    expect(answered).toBeLessThan(done.reply.time);
  });
});

describe("inspection", () => {
  it("describes a name, as text and as Markdown", async () => {
    const { content } = await at("inspect_request", "ra|te", { detail_level: 0 });
    expect(content).toMatchObject({ status: "ok", found: true });
    expect(content.data["text/plain"]).toContain("rate(epoch: number): number");
    expect(content.data["text/plain"]).toContain("How fast it");
    expect(content.data["text/markdown"]).toMatch(/```(ts|typescript)\nfunction rate\(epoch: number\): number\n```/);
  });

  it("describes what is behind an emoji", async () => {
    const { content } = await at("inspect_request", '"😀"; ro|w');
    expect(content.data["text/plain"]).toContain("row");
  });

  it("says when it knows nothing", async () => {
    const { content } = await at("inspect_request", "1 +| 1");
    expect(content).toEqual({ status: "ok", found: false, data: {}, metadata: {} });
  });
});

describe("is_complete", () => {
  it.each([
    ["1 + 1", "complete"],
    ["const f = () => {", "incomplete"],
    ["`a template ${", "incomplete"],
    ["`two\nlines", "incomplete"],
    ["`a ${`nested ${1}`} one`", "complete"],
    ["/* a comment", "incomplete"],
    ["await x", "complete"],
    ["let = = 1", "invalid"],
    [")", "invalid"],
  ])("finds %j %s", async (code, status) => {
    expect((await kernel.ask("is_complete_request", { code })).content.status).toBe(status);
  });

  it("says how far to indent", async () => {
    const { content } = await kernel.ask("is_complete_request", { code: "function f() {" });
    expect(content).toEqual({ status: "incomplete", indent: expect.stringMatching(/^ +$/) });
  });
});
