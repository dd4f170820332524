import { afterAll, expect, it } from "vitest";
import { makeWorkspace } from "../support.ts";
import { pause, stopAll, TestKernel } from "./client.ts";
import { descendants } from "./processes.ts";

const workspace = makeWorkspace();
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

it("the first cell says that it waits for the checker when that is late, and nothing of it stays", async () => {
  const kernel = await TestKernel.start({ directory: workspace.notebooks });
  let [checker] = descendants(kernel.process.pid as number);
  for (; checker === undefined; [checker] = descendants(kernel.process.pid as number)) await pause(10);
  process.kill(checker, "SIGSTOP");
  const id = kernel.start("1 + 1");
  const own = ({ parent, channel }: { parent: string | undefined; channel: string }) =>
    parent === id && channel === "iopub";
  const said = await kernel.until(each => own(each) && each.type === "display_data");
  expect(said.content.data["text/plain"]).toMatch(/^Waiting for the type checker, which starts\.$/);
  process.kill(checker, "SIGCONT");
  const ran = await kernel.finished(id);
  expect(ran.value).toBe("2");
  const types = kernel.messages.filter(own).map(({ type }) => type);
  expect(types).toEqual(["status", "execute_input", "display_data", "clear_output", "execute_result", "status"]);
  expect(ran.types).toEqual(["status", "execute_input", "execute_result", "status"]);
});
