import { expect, it } from "vitest";
import { oneKernel } from "./oneKernel.ts";

const shared = oneKernel();

const report = `const progress = (globalThis as never as Record<symbol, (report: object) => void>)[Symbol.for("lectern.progress")]!;
const pause = () => new Promise(resolve => setTimeout(resolve, 100));`;

it("shows how far a training is, in place, while it runs", async () => {
  await shared.kernel.run(report);
  const id = shared.kernel.start(
    "for (let step = 1; step <= 5; step++) { progress({ step, steps: 5, loss: 1 / step }); await pause(); }",
  );
  const first = await shared.kernel.until(({ type, parent }) => type === "display_data" && parent === id);
  expect(first.content.data["text/plain"]).toContain("step 1/5, loss 1");
  expect(first.content.data["application/vnd.lectern.progress+json"]).toEqual({ step: 1, steps: 5, loss: 1 });
  const reply = await shared.kernel.reply(id);
  expect(reply.time).toBeGreaterThan(first.time);
  await shared.kernel.until(
    ({ type, parent, content }) => type === "status" && parent === id && content.execution_state === "idle",
  );
  const updates = shared.kernel.messages.filter(({ type, parent }) => type === "update_display_data" && parent === id);
  expect(updates.length).toBe(4);
  expect(new Set([first, ...updates].map(({ content }) => content.transient.display_id)).size).toBe(1);
  expect(updates.at(-1)?.content.data["text/plain"]).toContain("100 %  step 5/5");
});

it("says how far an interrupted training came", async () => {
  const id = shared.kernel.start(
    "for (let step = 1; step <= 500; step++) { progress({ step, steps: 500 }); await pause(); }",
  );
  await shared.kernel.until(({ type, parent }) => type === "update_display_data" && parent === id);
  await shared.kernel.ask("interrupt_request", {}, "control");
  expect((await shared.kernel.reply(id)).content).toMatchObject({ status: "error", ename: "Interrupted" });
  const last = await shared.kernel.until(
    ({ type, parent, content }) =>
      type === "update_display_data" && parent === id && content.data["text/plain"].includes("stopped at step"),
  );
  expect(last.content.data["text/plain"]).toMatch(/stopped at step \d+\/500$/);
});
