import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { type MimeData, pictureTypes } from "../notebook/index.ts";

export interface PictureSources {
  attachments?: Record<string, MimeData> | undefined;
  /** The folder that relative addresses start from. */
  folder?: string | undefined;
}

/** Puts attachments and pictures from local files into the page itself. Those from elsewhere are left alone. */
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
  for (const [mime, content] of Object.entries(attachments[name] ?? {})) {
    if (mime === "image/svg+xml") return dataAddress(mime, Buffer.from(String(content)).toString("base64"));
    if (mime.startsWith("image/")) return dataAddress(mime, String(content));
  }
  return undefined;
}

async function fromFile(address: string, folder: string | undefined): Promise<string | undefined> {
  const mime = pictureTypes[extname(address).toLowerCase()];
  if (!folder || !mime || /^([a-z][a-z0-9+.-]*:|\/)/i.test(address)) return undefined;
  const bytes = await readFile(resolve(folder, address)).catch(() => undefined);
  return bytes && dataAddress(mime, bytes.toString("base64"));
}

export function dataAddress(mime: string, base64: string): string {
  return `data:${mime};base64,${base64.replace(/\s+/g, "")}`;
}

function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
