import { Player } from "./player.ts";
import { EXPLORE, type RecordedFigure, readRecord } from "./record.ts";

/**
 * The program of an interactive handout: puts a live figure in the place of each drawing, once the reader comes near it.
 * What it finds beside a drawing is the figure and, for one that moves, the record.
 */

interface Plotly {
  react(node: HTMLElement, data: unknown[], layout: object, config: object): Promise<unknown>;
}

const plotly = (globalThis as unknown as { Plotly: Plotly }).Plotly;

const near = new IntersectionObserver(
  entries => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      void enliven(target as HTMLElement);
    }
  },
  { rootMargin: "600px" },
);
for (const figure of document.querySelectorAll("figure[data-live]")) near.observe(figure);

async function enliven(figure: HTMLElement): Promise<void> {
  const { [EXPLORE]: written, ...plain } = JSON.parse(figure.querySelector("script")?.textContent ?? "{}");
  const draw = (stage: HTMLElement, { data, layout }: RecordedFigure) => plotly.react(stage, data, layout, CONFIG);
  const record = readRecord(written);
  const stage = document.createElement("div");
  stage.className = "live";
  try {
    if (record) {
      const player = new Player({ record, figure: record.figure ?? plain, draw });
      stage.append(player.node);
      figure.append(stage);
      await player.start();
    } else {
      stage.setAttribute("role", "figure");
      stage.setAttribute("aria-label", plain.alt);
      figure.append(stage);
      const width = Math.min(plain.layout.width ?? Number.POSITIVE_INFINITY, stage.clientWidth);
      await draw(stage, { ...plain, layout: { ...plain.layout, width } });
    }
    figure.classList.add("alive");
  } catch (error) {
    // The drawing is there still.
    stage.remove();
    console.error(error);
  }
}

const CONFIG = { displayModeBar: false, responsive: true };
