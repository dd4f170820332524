import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { element } from "../element.ts";

/** An output that is nothing but a script. */
class Script extends Widget implements IRenderMime.IRenderer {
  async renderModel(): Promise<void> {
    this.node.replaceChildren(leftOut());
  }
}

/** What stands where a script would have drawn something. */
export function leftOut(): HTMLElement {
  return element("p", { class: "left-out" }, "A script belongs here, and this page runs none: open it in JupyterLab.");
}

export const scriptFactory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: ["application/javascript", "text/javascript"],
  // Words for it are better.
  defaultRank: 200,
  createRenderer: () => new Script(),
};
