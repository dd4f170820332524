import { expect, it } from "vitest";
import { pictureBundle } from "../../../src/kernel/display/picture.ts";

const text = (value: unknown) => pictureBundle(value)?.data["text/plain"];
const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map(part => Buffer.from(part as string)));

const png = bytes([0x89], "PNG\r\n", [0x1a], "\n");

it.each([
  ["PNG image, 8 bytes", png],
  ["JPEG image, 4 bytes", bytes([0xff, 0xd8, 0xff, 0xe0])],
  ["GIF image, 6 bytes", bytes("GIF89a")],
  ["WebP image, 12 bytes", bytes("RIFF", [1, 2, 3, 4], "WEBP")],
])("is a %s", (words, value) => expect(text(value)).toBe(words));

it.each<[string, unknown]>([
  ["RIFF of sound", bytes("RIFF", [1, 2, 3, 4], "WAVE")],
  ["WEBP without RIFF", bytes("RIFX", [1, 2, 3, 4], "WEBP")],
  ["nothing", undefined],
  ["null", null],
  ["text", "text"],
  ["a function", Object.assign(() => {}, { width: 1, height: 1, toBuffer: () => png })],
  ["a canvas without width", { height: 1, toBuffer: () => png }],
  ["a canvas without height", { width: 1, toBuffer: () => png }],
  ["a canvas that gives no bytes", { width: 1, height: 1, toBuffer: () => "text" }],
  ["a canvas that gives other bytes", { width: 1, height: 1, toBuffer: () => bytes("BM") }],
  ["only a size", { width: 1, height: 1 }],
  ["a text node", { nodeType: 3, tagName: "b", outerHTML: "<b></b>" }],
  ["a node without a tag", { nodeType: 1, outerHTML: "<b></b>" }],
  ["a node without HTML", { nodeType: 1, tagName: "b" }],
])("is none: %s", (_, value) => expect(pictureBundle(value)).toBeUndefined());

it("shows a canvas by its PNG and its size, and an element by its source", () => {
  const canvas = { width: 3, height: 2, toBuffer: (type: string) => (type === "image/png" ? png : undefined) };
  expect(pictureBundle(canvas)).toEqual({
    data: { "image/png": png.toString("base64"), "text/plain": "canvas, 3 × 2" },
    metadata: {},
  });
  const element = (tagName: string) => pictureBundle({ nodeType: 1, tagName, outerHTML: "<x/>" })?.data;
  expect(element("SVG")).toEqual({ "image/svg+xml": "<x/>", "text/plain": "<svg> element" });
  expect(element("DIV")).toEqual({ "text/html": "<x/>", "text/plain": "<div> element" });
});
