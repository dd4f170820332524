import type { NotebookPanel } from "@jupyterlab/notebook";
import type { RenderMimeRegistry } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import { Panel } from "@lumino/widgets";
import { element } from "../element.ts";

const VIEW = "application/vnd.jupyter.widget-view+json";
const BASE = "@jupyter-widgets/base";
const CONTROLS = "@jupyter-widgets/controls";

/** Sliders, buttons and their kin: Jupyter's widgets, loaded when a kernel makes the first or a lecture shows one. */
export function addControls(panel: NotebookPanel, rendering: RenderMimeRegistry): void {
  let loading: Promise<Loaded> | undefined;
  const load = () => {
    loading ??= loadControls(panel, rendering);
    return loading;
  };
  // Until the library is there, the page itself takes what a cell opens; the manager then takes its place.
  const listen = () => {
    panel.sessionContext.session?.kernel?.registerCommTarget("jupyter.widget", async (comm, message) => {
      const { manager } = await load();
      await manager._handleCommOpen(comm, message);
    });
  };
  panel.sessionContext.kernelChanged.connect(listen);
  listen();
  rendering.addFactory(
    {
      safe: false,
      mimeTypes: [VIEW],
      defaultRank: -10,
      createRenderer: options => new LateRenderer(options, load),
    },
    -10,
  );
}

interface Loaded {
  manager: {
    _handleCommOpen(comm: Kernel.IComm, message: KernelMessage.ICommOpenMsg): Promise<void>;
    has_model(id: string): boolean;
  };
  create: (options: IRenderMime.IRendererOptions) => IRenderMime.IRenderer;
}

async function loadControls(panel: NotebookPanel, rendering: RenderMimeRegistry): Promise<Loaded> {
  const { WidgetManager, WidgetRenderer, base, controls } = await import("./widgets.ts");
  document.head.append(element("link", { rel: "stylesheet", href: "/static/controls.css" }));
  const manager = new WidgetManager(panel.context, rendering, { saveState: false });
  manager.register({ name: BASE, version: base.JUPYTER_WIDGETS_VERSION, exports: base as never });
  manager.register({ name: CONTROLS, version: controls.JUPYTER_CONTROLS_VERSION, exports: controls as never });
  return {
    manager: manager as unknown as Loaded["manager"],
    create: options => new WidgetRenderer(options, manager as never) as unknown as IRenderMime.IRenderer,
  };
}

/** Draws a control as soon as the library for it is there. */
class LateRenderer extends Panel implements IRenderMime.IRenderer {
  /** The library gives a slider's handle no name, and draws it anew at times. */
  readonly #naming = new MutationObserver(() => nameHandles(this.node));

  constructor(
    readonly options: IRenderMime.IRendererOptions,
    readonly load: () => Promise<Loaded>,
  ) {
    super();
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    // The figure that they move brings its own here.
    if ((model.metadata.lectern as { explore?: unknown } | undefined)?.explore === "controls") {
      this.hide();
      return;
    }
    const { create, manager } = await this.load();
    const { model_id: id } = model.data[VIEW] as unknown as { model_id: string };
    // The library would call it an error that stays.
    const isThere = id === "" || (await soon(() => manager.has_model(id)));
    if (this.isDisposed) return;
    if (!isThere) {
      this.node.append(element("p", { class: "left-out" }, "This control went with its kernel. Run the cell again."));
      return;
    }
    const renderer = create(this.options);
    this.addWidget(renderer);
    this.#naming.observe(this.node, { childList: true, subtree: true });
    await renderer.renderModel(model);
  }

  override dispose(): void {
    this.#naming.disconnect();
    super.dispose();
  }
}

/** Whether it is so within two seconds: what a kernel tells of its controls comes beside the outputs. */
async function soon(isSo: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 20 && !isSo(); tries++) await new Promise(resolve => setTimeout(resolve, 100));
  return isSo();
}

/** Gives the handle of each slider the words of its label. */
function nameHandles(node: HTMLElement): void {
  for (const handle of node.querySelectorAll(".noUi-handle:not([aria-label])")) {
    const label = handle.closest(".jupyter-widgets")?.querySelector(".widget-label")?.textContent;
    handle.setAttribute("aria-label", label || "value");
  }
}
