import { MimeModel, RenderedHTML } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { element } from "../element.ts";

const HTML = "text/html";

/** What is of a page of its own, and would act on this one: load another in its place, or lead its links elsewhere. */
const OF_THE_PAGE = "meta, base";

/** HTML as Jupyter draws it; what a script of it would draw, this page says that it does not. */
class HtmlWithoutScripts extends RenderedHTML {
  override async render(model: IRenderMime.IMimeModel): Promise<void> {
    const { data, metadata, trusted } = model;
    const template = document.createElement("template");
    template.innerHTML = [data[HTML] ?? ""].flat().join("");
    const scripts = [...template.content.querySelectorAll("script")].filter(runs);
    const others = [...template.content.querySelectorAll(OF_THE_PAGE)];
    if (!trusted || scripts.length + others.length === 0) return super.render(model);
    for (const each of [...scripts, ...others]) each.remove();
    await super.render(new MimeModel({ data: { ...data, [HTML]: template.innerHTML }, metadata, trusted }));
    if (scripts.length > 0) this.node.append(leftOut());
  }
}

/** An output that is nothing but a script. */
class Script extends Widget implements IRenderMime.IRenderer {
  async renderModel(): Promise<void> {
    this.node.replaceChildren(leftOut());
  }
}

function leftOut(): HTMLElement {
  return element("p", { class: "left-out" }, "A script belongs here, and this page runs none: open it in JupyterLab.");
}

/** Others are data. */
function runs({ type }: HTMLScriptElement): boolean {
  return type === "" || type === "module" || /javascript|ecmascript/i.test(type);
}

export const scriptFactories: IRenderMime.IRendererFactory[] = [
  { safe: true, mimeTypes: [HTML], defaultRank: 50, createRenderer: options => new HtmlWithoutScripts(options) },
  {
    safe: true,
    mimeTypes: ["application/javascript", "text/javascript"],
    // Words for it are better.
    defaultRank: 200,
    createRenderer: () => new Script(),
  },
];
