import type { CodeCell } from "@jupyterlab/cells";
import { MimeModel } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Panel, type Widget } from "@lumino/widgets";
import type { MimeData } from "../../notebook/types.ts";
import { saysAll, type ToldError, toldOf } from "../../notebook/told.ts";
import { element } from "../element.ts";
import { LongText, STDERR } from "./longText.ts";

export const ERROR = "application/vnd.jupyter.error";

/**
 * An error as Jupyter draws it; but where the output before it has told of it already, only its words that are new,
 * with the place where it was thrown folded below.
 */
class ErrorOnce extends Panel implements IRenderMime.IRenderer {
  readonly #message = element("p", { class: "lectern-claim fails" });
  readonly #where = element(
    "button",
    { type: "button", "aria-expanded": "false", onclick: () => this.#unfold(!this.hasClass("unfolded")) },
    "Where it was thrown",
  );
  readonly #trace: LongText;
  #error: ToldError = { ename: "", evalue: "" };

  constructor(options: IRenderMime.IRendererOptions) {
    super();
    this.addClass("lectern-error");
    this.#trace = new LongText({ ...options, mimeType: STDERR });
    this.addWidget(this.#trace);
    this.node.prepend(this.#message, this.#where);
  }

  async renderModel({ data, trusted }: IRenderMime.IMimeModel): Promise<void> {
    const { ename, evalue, traceback = [] } = data[ERROR] as unknown as ToldError & { traceback?: string[] };
    this.#error = { ename, evalue };
    this.#fold();
    const text = traceback.join("\n") || `${ename}: ${evalue}`;
    await this.#trace.renderModel(new MimeModel({ data: { [STDERR]: text }, trusted }));
  }

  protected override onAfterAttach(): void {
    this.#fold();
  }

  #fold(): void {
    const told = toldOf(this.#error, outputBefore(this));
    this.node.dataset.told = told ?? "nothing";
    // Otherwise what Jupyter draws, or the output before, says it.
    const words = told === "part" ? [mark(), element("span", {}, this.#error.evalue)] : [];
    this.#message.replaceChildren(...words);
    if (told) this.#unfold(false);
    // A wrong answer was told whole, and was thrown by the check, which is not the reader's.
    this.#where.hidden = told === "all" && saysAll(this.#error.ename);
  }

  #unfold(unfolded: boolean): void {
    this.toggleClass("unfolded", unfolded);
    this.#where.setAttribute("aria-expanded", String(unfolded));
  }
}

const mark = () => element("span", { class: "mark", role: "img", "aria-label": "fails" }, "✗");

/** What the cell showed right before this output; undefined for its first one, and where it is not in a cell yet. */
function outputBefore(output: Widget): MimeData | undefined {
  let child = output;
  while (child.parent && !child.parent.hasClass("jp-OutputArea")) child = child.parent;
  const area = child.parent as CodeCell["outputArea"] | null;
  const at = area ? area.widgets.indexOf(child) : -1;
  return at > 0 ? area?.model.get(at - 1)?.data : undefined;
}

export const errorFactory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: [ERROR],
  defaultRank: 100,
  createRenderer: options => new ErrorOnce(options),
};
