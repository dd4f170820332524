import { describe, expect, it } from "vitest";
import { oneKernel } from "./oneKernel.ts";

const shared = oneKernel();

/** All that the value of a cell is shown as, by type. */
async function shown(code: string): Promise<Record<string, string>> {
  const ran = await shared.kernel.run(code);
  expect(ran.error?.traceback.join("\n")).toBeUndefined();
  return ran.broadcast.find(({ type }) => type === "execute_result")?.content.data ?? {};
}

describe("promises are printed as people know them", () => {
  it.each([
    ["one that waits, logged", "console.log({ wait: new Promise(() => {}) });", "{ wait: Promise { <pending> } }\n"],
    ["one of an async function", "console.log([(async () => [1])()]);", "[ Promise { [ 1 ] } ]\n"],
    [
      "one of a class of its own",
      "class Later<T> extends Promise<T> {}\nconsole.log(Later.resolve('x'));",
      "Later [Promise] { 'x' }\n",
    ],
    [
      "in a map, by a format",
      "console.log('%o', new Map([['k', Promise.resolve(null)]]));",
      "Map(1) { 'k' => Promise { null } }\n",
    ],
    [
      "one that failed",
      "const failed = Promise.reject(7); failed.catch(() => {}); console.log(failed);",
      "Promise { <rejected> 7 }\n",
    ],
  ])("%s", async (_, code, text) => {
    const first = await shared.kernel.run(code);
    expect(first.text()).toBe(text);
    expect((await shared.kernel.run(code)).text()).toBe(text);
  });

  it("the last value is awaited, and one inside of a value is not", async () => {
    expect(await shown("Promise.resolve({ deep: Promise.resolve(1) })")).toEqual({
      "text/plain": "{ deep: Promise { 1 } }",
    });
  });
});

describe("an object literal is a value", () => {
  it.each([
    ["{ mean: 0, std: 1 }", "{ mean: 0, std: 1 }"],
    ["// with a comment\n{ 'a-b': [1], nested: { deep: true } }", "{ 'a-b': [ 1 ], nested: { deep: true } }"],
    ["{ ...{ x: 1 }, [`y${1}`]: 2, f() { return 1; } }", "{ x: 1, y1: 2, f: [Function: f] }"],
    ["{ a: await Promise.resolve(3) }", "{ a: 3 }"],
    ["{}", "{}"],
  ])("%s", async (code, text) => {
    expect((await shared.kernel.run(code)).value).toBe(text);
  });
});

describe("pictures", () => {
  const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  it.each([
    ["bytes of a PNG", `Uint8Array.from(atob("${pixel}"), c => c.charCodeAt(0))`, "image/png"],
    ["bytes of a PNG in a promise", `Promise.resolve(Buffer.from("${pixel}", "base64"))`, "image/png"],
    ["an ArrayBuffer's view", `new Uint8Array(new Uint8Array(Buffer.from("${pixel}", "base64")).buffer)`, "image/png"],
    ["a canvas", 'import { createCanvas } from "@napi-rs/canvas"; createCanvas(2, 1)', "image/png"],
    [
      "an SVG element",
      'import { JSDOM } from "jsdom"; new JSDOM("<svg><path d=\'M0 0\'/></svg>").window.document.querySelector("svg")',
      "image/svg+xml",
    ],
    ["an HTML element", 'new JSDOM("<ul><li>one</li></ul>").window.document.querySelector("ul")', "text/html"],
  ])("%s", async (_, code, type) => {
    const data = await shown(code);
    expect(Object.keys(data).sort()).toEqual([type, "text/plain"].sort());
    if (type === "image/png") expect(data[type]).toMatch(/^iVBORw0KGgo/);
    if (type === "text/html") expect(data[type]).toBe("<ul><li>one</li></ul>");
  });
});

describe("tables", () => {
  it.each([
    ["of records", '[{ model: "VAE", nats: -98.4 }, { model: "flow", nats: -96 }]', ["model", "nats", "VAE", "-98.4"]],
    [
      "of what a query gives",
      "Promise.resolve([{ big: 2n ** 70n, at: new Date(0) }])",
      ["big", "1180591620717411303424n", "1970-01-01T00:00:00.000Z"],
    ],
    ["with markup in names and values", '[{ "<i>": "<script>" }]', ["&lt;i&gt;", "&lt;script&gt;"]],
  ])("%s", async (_, code, parts) => {
    const data = await shown(code);
    expect(data["text/html"]).toContain("<table");
    for (const part of parts) expect(data["text/html"]).toContain(part);
    expect(data["text/plain"]).toBeTruthy();
  });
});

it("a tensor shows its type, its shape and rounded numbers", async () => {
  const data = await shown('import * as tf from "@tensorflow/tfjs"; tf.tensor2d([[1 / 3, 2], [-0.5, 1e-7]])');
  expect(data["text/plain"]).toMatch(/float32/);
  expect(data["text/plain"]).toMatch(/2, 2|2 × 2/);
  expect(data["text/plain"]).toContain("0.333");
  expect(data["text/plain"]).not.toContain("dataId");
});

it("display shows several values in the order of the calls, each as what it is", async () => {
  const ran = await shared.kernel.run(
    'import { display } from "lectern/notebook";\nawait display([{ a: 1 }]); console.log("between"); await display(new Map([[1, 2]])); await display(Promise.resolve("later"));',
  );
  const parts = ran.broadcast.flatMap(({ type, content }) => {
    if (type === "stream") return content.text.trim();
    return type === "display_data" ? Object.keys(content.data).sort().join() : [];
  });
  expect(parts).toEqual(["text/html,text/plain", "between", "text/plain", "text/plain"]);
});
