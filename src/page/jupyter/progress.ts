import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Panel } from "@lumino/widgets";
import { element } from "../element.ts";
import { FIGURE, figureFactory } from "./plotly.ts";

const PROGRESS = "application/vnd.lectern.progress+json";

interface Progress {
  step: number;
  steps: number;
  loss?: number;
  /** The losses so far by their steps. */
  history?: [step: number, loss: number][];
}

/** How far a training is: a bar, its words, and the losses so far as a small curve that opens as a large one. */
class RenderedProgress extends Panel implements IRenderMime.IRenderer {
  readonly #bar = element("progress", { "aria-label": "training" });
  readonly #share = element("span");
  readonly #words = element("small");
  readonly #curve = element("button", {
    type: "button",
    class: "losses",
    "aria-expanded": "false",
    hidden: true,
    onclick: () => this.#toggle(),
  });
  #figure: IRenderMime.IRenderer | undefined;
  #history: [number, number][] = [];

  constructor() {
    super();
    this.addClass("lectern-progress");
    this.node.append(this.#bar, this.#share, this.#words, this.#curve);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const { step, steps, history = [] } = model.data[PROGRESS] as unknown as Progress;
    this.#bar.max = steps;
    this.#bar.value = step;
    this.#share.textContent = `${Math.round((100 * step) / steps)} %`;
    this.#words.textContent = [model.data["text/plain"]]
      .flat()
      .join("")
      .replace(/^[^0-9]*\d+ %\s*/, "");
    this.#history = history;
    this.#curve.hidden = history.length < 2;
    if (history.length < 2) return;
    this.#curve.title = `${inWords(history)}; show the curve, or fold it`;
    this.#curve.setAttribute("aria-label", this.#curve.title);
    this.#curve.replaceChildren(sparkline(history));
    await this.#draw();
  }

  #toggle(): void {
    if (this.#figure) {
      this.#figure.dispose();
      this.#figure = undefined;
    } else {
      this.#figure = figureFactory.createRenderer({} as IRenderMime.IRendererOptions);
      this.addWidget(this.#figure);
      void this.#draw();
    }
    this.#curve.setAttribute("aria-expanded", String(this.#figure !== undefined));
  }

  async #draw(): Promise<void> {
    await this.#figure?.renderModel({ data: figureOf(this.#history) } as unknown as IRenderMime.IMimeModel);
  }
}

function figureOf(history: readonly [number, number][]): object {
  const [x, y] = [history.map(([step]) => step), history.map(([, loss]) => loss)];
  const layout = {
    height: 240,
    margin: { l: 60, r: 20, t: 20, b: 45 },
    xaxis: { title: { text: "step" } },
    yaxis: { title: { text: "loss" } },
  };
  const data = [{ type: "scatter", mode: "lines", x, y, hovertemplate: "step %{x}: %{y}<extra></extra>" }];
  return { [FIGURE]: { data, layout, alt: `${inWords(history)}.` } };
}

function inWords(history: readonly [number, number][]): string {
  const [first, last] = [history[0], history.at(-1)];
  const least = history.reduce((a, b) => (b[1] < a[1] ? b : a));
  return `Losses: ${first?.[1]} at step ${first?.[0]}, ${last?.[1]} at step ${last?.[0]}, least ${least[1]} at step ${least[0]}`;
}

function sparkline(history: readonly [number, number][]): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 100 24");
  svg.setAttribute("aria-hidden", "true");
  const losses = history.map(([, loss]) => loss);
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const [from, to] = [history[0]?.[0] ?? 0, history.at(-1)?.[0] ?? 1];
  const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
  const points = history.map(
    ([step, loss]) => `${(100 * (step - from)) / (to - from || 1)},${22 - (20 * (loss - low)) / (high - low || 1)}`,
  );
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
