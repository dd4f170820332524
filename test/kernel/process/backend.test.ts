import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { type KernelOutput, KernelProcess } from "../../../src/kernel/index.ts";
import { collect, makeWorkspace, repository } from "../support.ts";

// Starting tfjs's wasm kernels used to have every unhandled rejection end the process, and with it all names.
it("keeps its names when a cell forgets an await, or throws in a timer, after a backend has started", {
  timeout: 240_000,
}, async () => {
  const messages: KernelOutput[] = [];
  const workspace = makeWorkspace();
  // The child runs the build, which `npm test` makes first.
  const kernel = await KernelProcess.start({
    directory: workspace.notebooks,
    onOutput: output => messages.push(output),
  });
  onTestFinished(async () => {
    await kernel.stop();
    workspace.remove();
  });
  const run = (code: string, number: number) => kernel.run(code, { number });
  const engine = join(repository, "dist/engine/index.js");
  const start = `
    import { chooseBackend, compile } from ${JSON.stringify(engine)};
    import * as tf from "@tensorflow/tfjs";
    await chooseBackend();
    const kept = compile((x: tf.Tensor) => { console.log("printed"); return x.mul(2); }, { otherwise: "throw" });
    kept(tf.tensor1d([3])).dataSync()[0] + (kept.eager ?? "")`;
  expect(await run(start, 1)).toEqual({ status: "ok" });
  await run('void Promise.reject(new Error("not awaited")); 1', 2);
  await run('setTimeout(() => { throw new Error("in a timer"); }); 1', 3);
  await run("await new Promise(resolve => setTimeout(resolve, 50))", 4);
  expect(kernel.alive).toBe(true);
  expect(await run("kept(tf.tensor1d([4])).dataSync()[0]", 5)).toEqual({ status: "ok" });
  const results = collect(messages).flatMap(each =>
    each.output_type === "execute_result" ? [each.data["text/plain"]] : [],
  );
  expect([results[0], results.at(-1)]).toEqual(["'6'", "8"]);
  expect(JSON.stringify(messages)).toMatch(/not awaited.*in a timer/s);
});
