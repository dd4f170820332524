import { expect, it } from "vitest";
import { oneKernel } from "./oneKernel.ts";

const shared = oneKernel();

const run = (id: string, code: string) => shared.kernel.finished(shared.kernel.start(code, {}, { cellId: id }));

/** The next message of a comm that answers, or comes as a child of, a message. */
async function heard(comm: string, parent: string) {
  const message = await shared.kernel.until(
    ({ type, content, parent: of }) => type === "comm_msg" && content.comm_id === comm && of === parent,
  );
  return message.content.data;
}

it("tells every front end that asked what each run made stale, and what an edit would", async () => {
  await run("a", "let rate = 0.1;");
  await run("b", "const twice = rate * 2;");
  await run("c", "twice + 1");
  const opened = shared.kernel.send("comm_open", { comm_id: "one", target_name: "lectern.dependencies", data: {} });
  expect(await heard("one", opened)).toEqual({ event: "opened", stale: [] });

  const again = await run("a", "let rate = 0.2;");
  const stale = [
    { id: "b", count: 2 },
    { id: "c", count: 3 },
  ];
  expect(await heard("one", again.id)).toEqual({
    event: "ran",
    cell: { id: "a", count: 4 },
    defines: ["rate"],
    uses: [],
    changes: [],
    stale,
  });
  const late = shared.kernel.send("comm_open", { comm_id: "two", target_name: "lectern.dependencies", data: {} });
  expect(await heard("two", late)).toEqual({ event: "opened", stale });

  const ask = async (data: unknown) => heard("two", shared.kernel.send("comm_msg", { comm_id: "two", data }));
  expect(await ask({ edited: "b" })).toEqual({ event: "edited", id: "b", ran: true, stale: [{ id: "c", count: 3 }] });
  expect(await ask({ edited: "never" })).toEqual({ event: "edited", id: "never", ran: false, stale: [] });
  expect(await ask({ edit: 1 })).toEqual({
    event: "refused",
    error:
      'lectern.dependencies: a message must be { edited: id of a cell }, but got {"edit":1}; send one for each cell.',
  });
});

it("answers while a cell runs, and says no more to who closed", async () => {
  const open = shared.kernel.send("comm_open", { comm_id: "busy", target_name: "lectern.dependencies", data: {} });
  await heard("busy", open);
  const long = shared.kernel.start("await new Promise(done => setTimeout(done, 60_000))", {}, { cellId: "long" });
  await shared.kernel.running(long);
  const asked = shared.kernel.send("comm_msg", { comm_id: "busy", data: { edited: "a" } });
  expect(await heard("busy", asked)).toMatchObject({ event: "edited", ran: true });
  shared.kernel.send("comm_close", { comm_id: "busy", data: {} });
  await shared.kernel.ask("interrupt_request", {}, "control");
  await shared.kernel.finished(long);
  await run("d", "rate");
  const told = shared.kernel.messages.filter(({ type, content }) => type === "comm_msg" && content.comm_id === "busy");
  expect(told.map(({ content }) => content.data.event)).toEqual(["opened", "edited"]);
});
