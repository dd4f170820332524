import { MimeModel, RenderedSVG } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";

const SVG = "image/svg+xml";

/** A drawing as a picture, whoever made it: in a picture nothing runs, and nothing is loaded from elsewhere. */
class Drawing extends RenderedSVG {
  override async render(model: IRenderMime.IMimeModel): Promise<void> {
    const { data, metadata } = model;
    await super.render(new MimeModel({ data, metadata, trusted: true }));
    this.node.querySelector("img")?.setAttribute("alt", [data["text/plain"] ?? "a drawing"].flat().join(""));
  }
}

export const drawingFactory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: [SVG],
  defaultRank: 80,
  createRenderer: options => new Drawing(options),
};
