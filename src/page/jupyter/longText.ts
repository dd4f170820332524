import { MimeModel, RenderedError, RenderedText } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Panel } from "@lumino/widgets";
import { element } from "../element.ts";

/** What is drawn of a long text: a page that drew a hundred thousand lines would stand still. */
const [HEAD, TAIL] = [200, 1800] as const;

/** The longest line, and with it the longest text, that is drawn whole. */
const CHARACTERS = 400_000;

/** A text as Jupyter draws it, with the middle of a long one left out, and said how much. It is saved whole. */
export class LongText extends Panel implements IRenderMime.IRenderer {
  readonly #head: IRenderMime.IRenderer;
  readonly #tail: IRenderMime.IRenderer;
  readonly #gap = element("p", { class: "left-out" });
  #drawn = "";

  constructor(readonly options: IRenderMime.IRendererOptions) {
    super();
    const make = () => (options.mimeType === STDERR ? new RenderedError(options) : new RenderedText(options));
    [this.#head, this.#tail] = [make(), make()];
    this.addWidget(this.#head);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const text = [model.data[this.options.mimeType] ?? ""].flat().join("");
    const parts = partsOf(text);
    const drawn = parts.gap === 0 && parts.characters === 0 ? [text] : [parts.head, parts.tail];
    await Promise.all([
      // Drawn once: it stays while what follows grows.
      drawn[0] === this.#drawn || this.#head.renderModel(this.#modelOf(drawn[0] ?? "", model)),
      drawn[1] !== undefined && this.#tail.renderModel(this.#modelOf(drawn[1], model)),
    ]);
    this.#drawn = drawn[0] ?? "";
    if (drawn[1] === undefined) return this.#close();
    this.#gap.textContent = `… ${wordsFor(parts)} not shown here; the notebook keeps all …`;
    if (this.#gap.isConnected) return;
    this.addWidget(this.#tail);
    this.#tail.node.before(this.#gap);
  }

  #close(): void {
    this.#gap.remove();
    this.#tail.parent = null;
  }

  #modelOf(text: string, { metadata, trusted }: IRenderMime.IMimeModel): MimeModel {
    return new MimeModel({ data: { [this.options.mimeType]: text }, metadata, trusted });
  }

  override dispose(): void {
    this.#tail.dispose();
    super.dispose();
  }
}

interface Parts {
  head: string;
  tail: string;
  /** How many lines are left out between them, and how many characters where it is of lines that are too long. */
  gap: number;
  characters: number;
}

/** The first and the last lines of a text; nothing is left out of one that is short. */
function partsOf(text: string): Parts {
  const from = after(text, HEAD);
  const to = before(text, TAIL);
  if (to <= from) return within(text, "", 0);
  return within(text.slice(0, from), text.slice(to), linesIn(text, from, to));
}

function within(head: string, tail: string, gap: number): Parts {
  const most = CHARACTERS / 2;
  const excess = Math.max(0, head.length - most) + Math.max(0, tail.length - most);
  const isLong = head.length + tail.length > CHARACTERS;
  if (!isLong) return { head, tail, gap, characters: 0 };
  return tail === ""
    ? { head: head.slice(0, most), tail: head.slice(-most), gap, characters: head.length - CHARACTERS }
    : { head: head.slice(0, most), tail: tail.slice(-most), gap, characters: excess };
}

function after(text: string, lines: number): number {
  let at = 0;
  for (let line = 0; line < lines; line++) {
    const next = text.indexOf("\n", at);
    if (next === -1) return text.length;
    at = next + 1;
  }
  return at;
}

function before(text: string, lines: number): number {
  let at = text.length;
  for (let line = 0; line <= lines; line++) {
    at = text.lastIndexOf("\n", at - 1);
    if (at <= 0) return 0;
  }
  return at + 1;
}

function linesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

function wordsFor({ gap, characters }: Parts): string {
  const words = [
    gap > 0 && `${gap.toLocaleString("en")} ${gap === 1 ? "line" : "lines"}`,
    characters > 0 && `${characters.toLocaleString("en")} characters`,
  ].filter(Boolean);
  return `${words.join(" and ")} are`.replace(/^1 line are$/, "1 line is");
}

export const STDERR = "application/vnd.jupyter.stderr";

export const longTextFactories: IRenderMime.IRendererFactory[] = [
  { safe: true, mimeTypes: ["text/plain", "application/vnd.jupyter.stdout"], defaultRank: 120 },
  { safe: true, mimeTypes: [STDERR], defaultRank: 110 },
].map(each => ({ ...each, createRenderer: options => new LongText(options) }));
