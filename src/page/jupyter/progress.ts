import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { element } from "../element.ts";

const PROGRESS = "application/vnd.lectern.progress+json";

interface Progress {
  step: number;
  steps: number;
  loss?: number;
}

/** How far a training is: a bar, its words, and the losses so far as a line. */
class RenderedProgress extends Widget implements IRenderMime.IRenderer {
  readonly #losses: number[] = [];

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const { step, steps, loss } = model.data[PROGRESS] as unknown as Progress;
    if (loss !== undefined) this.#losses.push(loss);
    const words = [model.data["text/plain"]]
      .flat()
      .join("")
      .replace(/^[^0-9]*\d+ %\s*/, "");
    this.node.className = "lectern-progress";
    this.node.replaceChildren(
      element("progress", { value: step, max: steps, "aria-label": "training" }),
      element("span", {}, `${Math.round((100 * step) / steps)} %`),
      element("small", {}, words),
      sparkline(this.#losses),
    );
  }
}

function sparkline(losses: number[]): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 100 24");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", losses.length > 1 ? `loss from ${losses[0]} to ${losses.at(-1)}` : "loss");
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
  const points = losses.map((loss, index) => {
    const x = (100 * index) / Math.max(1, losses.length - 1);
    return `${x},${22 - (20 * (loss - low)) / (high - low || 1)}`;
  });
  line.setAttribute("points", points.join(" "));
  svg.append(line);
  return svg;
}

export const progressFactory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: [PROGRESS],
  defaultRank: 30,
  createRenderer: () => new RenderedProgress(),
};
