import type { Bundle } from "./bundle.ts";

/**
 * Values that are pictures: the bytes of a PNG, JPEG, GIF or WebP file, a canvas, an SVG or HTML element.
 * Undefined for any other value.
 */
export function pictureBundle(value: unknown): Bundle | undefined {
  if (value instanceof Uint8Array) return ofBytes(value);
  if (typeof value !== "object" || value === null) return undefined;
  return ofCanvas(value) ?? ofElement(value);
}

/** How files of each type begin. */
const signatures: [type: string, name: string, begins: (bytes: Uint8Array) => boolean][] = [
  ["image/png", "PNG", bytes => starts(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ["image/jpeg", "JPEG", bytes => starts(bytes, [0xff, 0xd8, 0xff])],
  ["image/gif", "GIF", bytes => starts(bytes, [0x47, 0x49, 0x46, 0x38])],
  [
    "image/webp",
    "WebP",
    bytes => starts(bytes, [0x52, 0x49, 0x46, 0x46]) && starts(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50]),
  ],
];

function ofBytes(bytes: Uint8Array): Bundle | undefined {
  const found = signatures.find(([, , begins]) => begins(bytes));
  if (!found) return undefined;
  const [type, name] = found;
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  return { data: { [type]: content, "text/plain": `${name} image, ${bytes.length} bytes` }, metadata: {} };
}

function starts(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return beginning.every((byte, i) => bytes[i] === byte);
}

/** What canvases for node have in common: a size, and their PNG on demand. */
interface Canvas {
  width: number;
  height: number;
  toBuffer(type: "image/png"): unknown;
}

function ofCanvas(value: object): Bundle | undefined {
  const { width, height, toBuffer } = value as Partial<Canvas>;
  if (typeof toBuffer !== "function" || typeof width !== "number" || typeof height !== "number") return undefined;
  const bytes = (value as Canvas).toBuffer("image/png");
  const bundle = bytes instanceof Uint8Array ? ofBytes(bytes) : undefined;
  return bundle && { ...bundle, data: { ...bundle.data, "text/plain": `canvas, ${width} × ${height}` } };
}

/** An element of a DOM, such as jsdom's. */
interface ElementLike {
  nodeType: number;
  tagName: string;
  outerHTML: string;
}

function ofElement(value: object): Bundle | undefined {
  const { nodeType, tagName, outerHTML } = value as Partial<ElementLike>;
  if (nodeType !== 1 || typeof tagName !== "string" || typeof outerHTML !== "string") return undefined;
  const type = tagName.toLowerCase() === "svg" ? "image/svg+xml" : "text/html";
  return { data: { [type]: outerHTML, "text/plain": `<${tagName.toLowerCase()}> element` }, metadata: {} };
}
