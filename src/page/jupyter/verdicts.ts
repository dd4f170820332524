import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { VERDICT } from "../../notebook/told.ts";
import { element } from "../element.ts";

export interface VerdictRecord {
  exercise: string;
  state: string;
  message?: string;
}

const STATES = new Map([
  ["right", { mark: "✓", words: "right." }],
  ["unanswered", { mark: "○", words: "not answered yet." }],
  ["wrong", { mark: "✗", words: "not right yet." }],
]);

/** One line: a mark, the exercise, and what to do, or what is wrong. */
class RenderedVerdict extends Widget implements IRenderMime.IRenderer {
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const { exercise, state, message = "" } = model.data[VERDICT] as unknown as VerdictRecord;
    const { mark, words } = STATES.get(state) ?? { mark: "?", words: "its state is not known." };
    this.node.replaceChildren(
      element(
        "p",
        { class: `lectern-claim lectern-verdict ${STATES.has(state) ? state : "unknown"}` },
        element("span", { class: "mark", "aria-hidden": "true" }, mark),
        element("span", {}, `Exercise ${exercise}: ${words} `, element("small", {}, message)),
      ),
    );
  }
}

export const verdictFactory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: [VERDICT],
  defaultRank: 30,
  createRenderer: () => new RenderedVerdict(),
};
