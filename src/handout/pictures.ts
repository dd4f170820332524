import { readFile, realpath, stat } from "node:fs/promises";
import { extname, isAbsolute, relative, resolve, sep } from "node:path";
import { type MimeData, pictureTypes } from "../notebook/index.ts";

export interface PictureSources {
  attachments?: Record<string, MimeData> | undefined;
  /** The folder that relative addresses start from. */
  folder?: string | undefined;
}

/**
 * Puts attachments and pictures from files in the folder of the notebook into the page itself. Those from elsewhere are
 * left alone.
 */
export async function inlinePictures(fragment: DocumentFragment, sources: PictureSources): Promise<void> {
  for (const image of fragment.querySelectorAll("img[src]")) {
    const address = decode(image.getAttribute("src") ?? "");
    const inlined = address.startsWith("attachment:")
      ? attached(address.slice("attachment:".length), sources.attachments)
      : await fromFile(address, sources.folder);
    if (inlined) image.setAttribute("src", inlined);
  }
}

function attached(name: string, attachments: Record<string, MimeData> = {}): string | undefined {
  const bundle = Object.hasOwn(attachments, name) ? attachments[name] : undefined;
  for (const [mime, content] of Object.entries(bundle ?? {})) {
    if (mime === "image/svg+xml") return dataAddress(mime, Buffer.from(String(content)).toString("base64"));
    if (PICTURES.has(mime)) return dataAddress(mime, String(content));
  }
  return undefined;
}

async function fromFile(address: string, folder: string | undefined): Promise<string | undefined> {
  if (!folder || /^[a-z][a-z0-9+.-]*:/i.test(address) || isAbsolute(address)) return undefined;
  const path = await insideOf(folder, address.replace(/[?#].*$/, ""));
  const mime = path && pictureTypes[extname(path).toLowerCase()];
  if (!mime) return undefined;
  const bytes = await readFile(path).catch(() => undefined);
  return bytes && dataAddress(mime, bytes.toString("base64"));
}

/** The file itself, with all links followed, where it is in the folder or below; a notebook may show no other. */
async function insideOf(folder: string, address: string): Promise<string | undefined> {
  try {
    const [root, path] = await Promise.all([realpath(folder), realpath(resolve(folder, address))]);
    const way = relative(root, path);
    const isInside = way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
    return isInside && (await stat(path)).isFile() ? path : undefined;
  } catch {
    // There is none, or none with that name.
    return undefined;
  }
}

export function dataAddress(mime: string, base64: string): string {
  return `data:${mime};base64,${base64.replace(/\s+/g, "")}`;
}

const PICTURES = new Set(Object.values(pictureTypes));

function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
