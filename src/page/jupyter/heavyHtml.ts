import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { element } from "../element.ts";

/** With so many tags a browser stands still for seconds, and with a few times as many for a minute. */
const MANY = 100_000;

/** Draws HTML with very many tags only when the reader wants it: a page that stands still cannot be written in. */
export function drawnWhenWanted(factory: IRenderMime.IRendererFactory): IRenderMime.IRendererFactory {
  return {
    ...factory,
    createRenderer(options) {
      const renderer = factory.createRenderer(options);
      const draw = renderer.renderModel.bind(renderer);
      let isWanted = false;
      renderer.renderModel = async model => {
        const html = [model.data[options.mimeType] ?? ""].flat().join("");
        const tags = html.length < MANY ? 0 : html.split("<").length - 1;
        if (isWanted || tags < MANY) return draw(model);
        const wanted = () => {
          isWanted = true;
          void draw(model);
        };
        renderer.node.replaceChildren(question(tags, wanted));
      };
      return renderer;
    },
  };
}

function question(tags: number, onclick: () => void): HTMLElement {
  return element(
    "p",
    { class: "left-out" },
    `This output has ${tags.toLocaleString("en")} tags: the page may stand still while it draws them. `,
    element("button", { type: "button", class: "link", onclick }, "Draw it"),
  );
}
