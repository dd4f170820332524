import type { NotebookPanel } from "@jupyterlab/notebook";
import type { RenderMimeRegistry } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { Kernel } from "@jupyterlab/services";
import { Widget } from "@lumino/widgets";
import { EXPLORE, exploreStyle, Player, type RecordedFigure, readRecord } from "../../explore/index.ts";
import { element } from "../element.ts";
import { askKernel } from "./exploreKernel.ts";
import { drawFigure, FIGURE } from "./plotly.ts";

/** Figures that move: from what is stored, and where the kernel runs that showed them, from what it computes. */
export function addExplore(panel: NotebookPanel, rendering: RenderMimeRegistry): void {
  document.head.append(element("style", {}, exploreStyle));
  rendering.addFactory(
    {
      safe: true,
      mimeTypes: [EXPLORE],
      // Before the widgets and figures that stand beside it for other front ends.
      defaultRank: -20,
      createRenderer: () => new RenderedExplore(() => panel.sessionContext.session?.kernel ?? undefined),
    },
    -20,
  );
}

class RenderedExplore extends Widget implements IRenderMime.IRenderer {
  #id: string | undefined;
  #player: Player | undefined;
  #close: (() => void) | undefined;
  #purge: (() => void) | undefined;

  constructor(readonly kernel: () => Kernel.IKernelConnection | undefined) {
    super();
    // Keys that move a slider are not those of the notebook.
    this.node.dataset.lmSuppressShortcuts = "true";
  }

  async renderModel({ data, metadata }: IRenderMime.IMimeModel): Promise<void> {
    const record = readRecord(data[EXPLORE]);
    const beside = data[FIGURE] as Partial<RecordedFigure> | undefined;
    const figure = record?.figure ?? (beside && { alt: altOf(data, metadata), data: [], layout: {}, ...beside });
    if (!record || !figure) {
      this.node.textContent = String(
        data["text/plain"] ?? "A figure that moves, in a form that this page cannot read.",
      );
      return;
    }
    const kernel = this.kernel();
    const asked = record.id !== undefined && kernel ? askKernel(kernel, record.id) : undefined;
    this.#remember();
    this.#end();
    this.#id = record.id;
    this.#close = asked?.close;
    const player = new Player({
      record,
      figure,
      ask: asked?.figure,
      draw: async (stage, shown) => {
        this.#purge = await drawFigure(stage, shown as never);
      },
    });
    this.#player = player;
    this.node.replaceChildren(player.node);
    const before = places.get(record.id ?? "");
    if (before && before.focused >= 0) this.#parts[before.focused]?.focus();
    await player.start(before?.at);
  }

  override dispose(): void {
    this.#end();
    super.dispose();
  }

  protected override onAfterAttach(): void {
    addEventListener("lectern-theme", this);
  }

  protected override onBeforeDetach(): void {
    removeEventListener("lectern-theme", this);
    this.#player?.pause();
    this.#remember();
  }

  handleEvent(): void {
    void this.#player?.start(this.#player.at);
  }

  /** The kernel shows a figure anew when it has more of it, which must not move what the reader holds. */
  #remember(): void {
    const { activeElement } = document;
    if (this.#id === undefined || !this.#player) return;
    const focused = this.#parts.indexOf(activeElement as HTMLElement);
    places.set(this.#id, { at: this.#player.at, focused });
  }

  get #parts(): HTMLElement[] {
    return [...this.node.querySelectorAll<HTMLElement>("input, select, button")];
  }

  #end(): void {
    this.#player?.dispose();
    this.#purge?.();
    this.#close?.();
    this.#player = this.#purge = this.#close = undefined;
  }
}

/** Where figures of the present kernels stood, and which of their controls had the focus. */
const places = new Map<string, { at: readonly number[]; focused: number }>();

function altOf(data: IRenderMime.IMimeModel["data"], metadata: IRenderMime.IMimeModel["metadata"]): string {
  const noted = (metadata[FIGURE] as { alt?: unknown } | undefined)?.alt;
  return String(noted ?? ([data["text/plain"]].flat().join("") || "a figure"));
}
