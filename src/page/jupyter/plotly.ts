import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { fitted } from "./fitting.ts";
import { inked } from "./ink.ts";

export const FIGURE = "application/vnd.plotly.v1+json";

interface Plotly {
  react(node: HTMLElement, data: unknown[], layout: object, config: object): Promise<unknown>;
  purge(node: HTMLElement): void;
}

interface Figure {
  data?: { type?: string }[];
  layout?: Record<string, unknown>;
  config?: object;
  alt?: string;
  frames?: unknown[];
}

/** Traces that the smaller bundle of plotly knows; for others the whole is loaded. */
const CARTESIAN =
  /^(scatter|bar|box|heatmap|histogram|histogram2d|histogram2dcontour|contour|pie|violin|image|scatterternary)$/;

const bundles = new Map<string, Promise<Plotly>>();

function plotlyFor({ data = [] }: Figure): Promise<Plotly> {
  const small = data.every(({ type = "scatter" }) => CARTESIAN.test(type));
  const load = small
    ? () => import("plotly.js/dist/plotly-cartesian.min.js")
    : () => import("plotly.js/dist/plotly-strict.min.js");
  const name = small ? "cartesian" : "strict";
  const bundle = bundles.get(name) ?? load().then(module => module.default as Plotly);
  bundles.set(name, bundle);
  return bundle;
}

/** A plotly figure, live; its words are what a screen reader says of it. */
class RenderedFigure extends Widget implements IRenderMime.IRenderer {
  #plotly: Plotly | undefined;
  #figure: Figure = {};
  #latest = 0;

  constructor() {
    super();
    this.addClass("lectern-figure");
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const turn = ++this.#latest;
    const figure = model.data[FIGURE] as unknown as Figure;
    this.node.setAttribute("role", "figure");
    this.node.setAttribute("aria-label", figure.alt ?? String(model.data["text/plain"] ?? "a figure"));
    this.node.style.minHeight = `${Number(figure.layout?.height ?? 420)}px`;
    const plotly = await plotlyFor(figure);
    if (turn !== this.#latest || this.isDisposed) return;
    this.#plotly = plotly;
    this.#figure = figure;
    await react(plotly, this.node, figure);
  }

  protected override onAfterAttach(): void {
    addEventListener("lectern-theme", this);
  }

  protected override onBeforeDetach(): void {
    removeEventListener("lectern-theme", this);
  }

  handleEvent(): void {
    const { layout = {} } = this.node as HTMLElement & { layout?: Record<string, unknown> };
    // What a reader zoomed into stays.
    const axes = Object.fromEntries(Object.entries(layout).filter(([name]) => AXIS.test(name)));
    const figure = { ...this.#figure, layout: { ...this.#figure.layout, ...axes } };
    if (this.#plotly) void react(this.#plotly, this.node, figure);
  }

  override dispose(): void {
    this.#plotly?.purge(this.node);
    super.dispose();
  }
}

/** Draws a figure, or moves the one that is there to it; returns what takes it away. */
export async function drawFigure(node: HTMLElement, figure: Figure): Promise<() => void> {
  const plotly = await plotlyFor(figure);
  await react(plotly, node, figure);
  return () => plotly.purge(node);
}

async function react(plotly: Plotly, node: HTMLElement, figure: Figure): Promise<void> {
  const { data = [], layout: made = {} } = inPageColours(figure);
  // Not drawn yet, it has no width.
  const width = node.clientWidth || document.documentElement.clientWidth;
  const layout = fitted(made, width);
  const config = { ...configOf(width), ...figure.config };
  const shown = { data: structuredClone(data), layout: structuredClone(layout), config };
  await plotly.react(
    node,
    figure.frames ? ({ ...shown, frames: figure.frames } as never) : shown.data,
    shown.layout,
    config,
  );
}

/**
 * The few buttons that stand beside a title and not over it; none where there is no mouse to leave the figure, which
 * would have them always.
 */
function configOf(width: number) {
  const hasRoom = width >= 480 && matchMedia("(hover: hover)").matches;
  return {
    responsive: true,
    displaylogo: false,
    displayModeBar: hasRoom ? ("hover" as const) : false,
    modeBarButtonsToRemove: ["select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d"],
  };
}

/** A figure with paper, letters, lines and grid as the page has them. */
function inPageColours(figure: Figure): Figure {
  const ink = getComputedStyle(document.documentElement).getPropertyValue("--text").trim();
  const { data = [], layout = {} } = inked(figure, ink);
  return { ...figure, data, layout: { ...colours(), ...layout, ...colours(layout) } };
}

/** Paper, letters and grid as the page has them. */
function colours(layout: Record<string, unknown> = {}): Record<string, unknown> {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const axes = Object.entries(layout).filter(([name]) => AXIS.test(name));
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    modebar: { bgcolor: "rgba(0,0,0,0)", color: of("quiet"), activecolor: of("accent") },
    font: { ...(layout.font as object), color: of("text") },
    ...Object.fromEntries(
      axes.map(([name, axis]) => [
        name,
        { ...(axis as object), gridcolor: of("line"), zerolinecolor: of("line"), linecolor: of("quiet") },
      ]),
    ),
  };
}

const AXIS = /^[xy]axis\d*$/;

export const figureFactory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: [FIGURE],
  defaultRank: 40,
  createRenderer: () => new RenderedFigure(),
};
