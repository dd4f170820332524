import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { CLAIM } from "../../notebook/told.ts";
import { element } from "../element.ts";

export interface ClaimRecord {
  text: string;
  holds: boolean;
  residual?: number | null;
  label?: string;
}

/** One line: a mark, the statement, and how far its sides are apart, in the words that the library gave it. */
class RenderedClaim extends Widget implements IRenderMime.IRenderer {
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const { text, holds, label } = model.data[CLAIM] as unknown as ClaimRecord;
    const words = [model.data["text/plain"]].flat().join("");
    const distance = words.slice(words.lastIndexOf(`${text}`) + text.length).replace(/^: /, "");
    this.node.replaceChildren(
      element(
        "p",
        { class: `lectern-claim ${holds ? "holds" : "fails"}` },
        element("span", { class: "mark", role: "img", "aria-label": holds ? "holds" : "fails" }, holds ? "✓" : "✗"),
        element("span", {}, text, label ? ` (${label})` : "", " ", element("small", {}, distance)),
      ),
    );
    this.node.dataset.claim = holds ? "holds" : "fails";
  }
}

export const claimFactory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: [CLAIM],
  defaultRank: 30,
  createRenderer: () => new RenderedClaim(),
};
