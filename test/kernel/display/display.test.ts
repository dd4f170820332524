import { inspect } from "node:util";
import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import { bundleOf, encodeContent } from "../../../src/kernel/display/display.ts";

const plotly = "application/vnd.plotly.v1+json";

it("lets an object say how it is shown, also later", async () => {
  const display = Symbol.for("Jupyter.display");
  expect(await bundleOf({ [display]: () => ({ "text/html": "<b>1</b>" }) })).toEqual({
    data: { "text/html": "<b>1</b>" },
    metadata: {},
  });
  expect((await bundleOf({ [display]: async () => ({ "image/png": new Uint8Array([1, 2, 3]) }) })).data).toEqual({
    "image/png": "AQID",
  });
});

it("lets a function say it too, and nothing that gives no MIME types", async () => {
  const display = Symbol.for("Jupyter.display");
  const shown = async (value: unknown) => Object.keys((await bundleOf(value)).data);
  expect(await shown(Object.assign(() => {}, { [display]: () => ({ "text/html": "" }) }))).toEqual(["text/html"]);
  for (const other of ["text/html", null, undefined, { html: "" }, { "text/html": "", html: "" }]) {
    expect(await shown({ [display]: () => other })).toEqual(["text/plain"]);
  }
  Object.defineProperty(Number.prototype, display, { value: () => ({ "text/html": "" }), configurable: true });
  expect(await shown(3)).toEqual(["text/plain"]);
  Reflect.deleteProperty(Number.prototype, display);
  expect(await shown(null)).toEqual(["text/plain"]);
  expect(await bundleOf(null)).toEqual({ data: { "text/plain": "null" }, metadata: {} });
  await expect(bundleOf({ [display]: () => Promise.reject(new Error("own")) })).rejects.toThrow("own");
});

it("carries bytes as base64 and text as it is", () => {
  expect(encodeContent("AQID")).toBe("AQID");
  expect(encodeContent(new Uint8Array([0, 1, 2, 3, 4]).subarray(1, 4))).toBe("AQID");
});

it("shows a figure for plotly and in words", async () => {
  const figure = {
    data: [{ x: new Float64Array([9, 20, 31]), y: new Float32Array([0.1, Number.NaN, 2]) }],
    layout: { title: { text: "t" } },
    alt: "Three points.",
  };
  const { data, metadata } = await bundleOf(figure);
  // What a renderer reads is what JSON carries: a typed array would have become {"0": 9, …}.
  expect(JSON.parse(JSON.stringify(data))).toEqual({
    [plotly]: { data: [{ x: [9, 20, 31], y: [0.1, null, 2] }], layout: { title: { text: "t" } } },
    "text/plain": "Three points.",
  });
  expect(metadata).toEqual({ [plotly]: { alt: "Three points." } });
});

it("takes an object for a figure only with an array of data and a layout", async () => {
  expect((await bundleOf({ data: [], layout: {} })).data["text/plain"]).toBe("plotly figure");
  for (const other of [{ data: [], layout: null }, { data: {}, layout: {} }, { data: [] }]) {
    expect((await bundleOf(other)).data).toEqual({ "text/plain": inspect(other) });
  }
});

it.each([
  [tf.scalar(3), "Tensor float32 []\n3"],
  [
    tf.tensor2d([
      [1, 2.5],
      [3, 0.1],
    ]),
    "Tensor float32 [2, 2]\n[[1, 2.5],\n [3, 0.1]]",
  ],
  [tf.tensor1d([1, 0], "bool"), "Tensor bool [2]\n[true, false]"],
  [tf.tensor1d(["a"]), 'Tensor string [1]\n["a"]'],
  [tf.zeros([0, 2]), "Tensor float32 [0, 2]\n[]"],
  [tf.range(0, 20, 1, "int32"), "Tensor int32 [20]\n[0, 1, 2, …, 17, 18, 19]"],
  [tf.complex([1, 2], [3, 4]), "Tensor complex64 [2]\n[1 + 3i, 2 + 4i]"],
])("shows a tensor as text", async (tensor, text) => {
  expect((await bundleOf(tensor)).data).toEqual({ "text/plain": text });
});

it("says of a disposed tensor that it is", async () => {
  const tensor = tf.scalar(1);
  tensor.dispose();
  expect((await bundleOf(tensor)).data["text/plain"]).toBe("Tensor float32 [] (disposed)");
});

it("shows the rest as node's console does, without colours", async () => {
  expect((await bundleOf("a")).data).toEqual({ "text/plain": "'a'" });
  expect((await bundleOf(new Map([["k", [1, 2]]]))).data).toEqual({ "text/plain": "Map(1) { 'k' => [ 1, 2 ] }" });
});

it("shows much of a value, and not all", async () => {
  const text = async (value: unknown) => String((await bundleOf(value)).data["text/plain"]);
  expect(await text({ a: { b: { c: { d: { e: { f: 1 } } } } } })).toContain("e: [Object]");
  expect(await text({ a: { b: { c: { d: { e: 1 } } } } })).toContain("e: 1");
  expect(await text(Array.from({ length: 101 }, () => 1))).toContain("1 more item");
  expect(await text("x".repeat(10_001))).toContain("1 more character");
  expect(await text({ first: "x".repeat(35), second: "y".repeat(25) })).not.toContain("\n");
  expect(await text({ first: "x".repeat(50), second: "y".repeat(40) })).toContain("\n");
});
