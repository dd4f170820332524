import { expect, it } from "vitest";
import { oneKernel } from "./oneKernel.ts";

const shared = oneKernel();

const figure = (alt: string) => `({ data: [{ y: [1, 3] }], layout: {}, alt: ${JSON.stringify(alt)} })`;

it("shows a plotly figure with a drawing and its words, for front ends with and without plotly", async () => {
  const ran = await shared.kernel.run(figure("two points"));
  const result = ran.broadcast.find(({ type }) => type === "execute_result");
  expect(result?.content.data["application/vnd.plotly.v1+json"].data).toEqual([{ y: [1, 3] }]);
  expect(result?.content.data["image/svg+xml"]).toMatch(/^<svg[\s\S]*two points/);
  expect(result?.content.data["text/plain"]).toBe("two points");
  expect(result?.content.metadata["image/svg+xml"]).toEqual({ alt: "two points" });
});

it("keeps figures and text in the order of the calls, and all before idle", async () => {
  const ran = await shared.kernel.run(
    `const hook = (globalThis as Record<symbol, unknown>)[Symbol.for("lectern.display")] as (shown: object) => void;
const show = (alt: string) => hook({
  data: { "application/vnd.plotly.v1+json": { data: [{ y: [1, 2] }], layout: {} }, "text/plain": alt },
});
console.log("before");
show("one");
console.log("between");
show("two");
console.log("after");`,
  );
  const shown = ran.broadcast.flatMap(({ type, content }) => {
    if (type === "stream") return content.text.trim();
    return type === "display_data" ? `${content.data["text/plain"]} ${"image/svg+xml" in content.data}` : [];
  });
  expect(shown).toEqual(["before", "one true", "between", "two true", "after"]);
  expect(ran.types.at(-1)).toBe("status");
});

it("shows a figure that cannot be drawn without a drawing", async () => {
  const ran = await shared.kernel.run('({ data: [{ type: "surface", z: [[1]] }], layout: {}, alt: "a surface" })');
  const data = ran.broadcast.find(({ type }) => type === "execute_result")?.content.data;
  expect(Object.keys(data).sort()).toEqual(["application/vnd.plotly.v1+json", "text/plain"]);
});
