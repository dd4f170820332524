import { RenderedMarkdown } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { withoutBrokenFormulas } from "./brokenFormulas.ts";
import { openNotebooks } from "./notebookLinks.ts";

/** Markdown as Jupyter draws it, but one broken formula spoils nothing else, and links to notebooks open them. */
class TolerantMarkdown extends RenderedMarkdown {
  override render({ data, metadata, trusted, setData }: IRenderMime.IMimeModel): Promise<void> {
    const source = [data[this.mimeType] ?? ""].flat().join("");
    return super
      .render({
        data: { [this.mimeType]: withoutBrokenFormulas(source) },
        metadata,
        trusted,
        setData,
      })
      .then(() => {
        markRows(this.node);
        openNotebooks(this.node);
      });
  }
}

/** A row with a cell that begins with a cross is the one that is wrong. */
function markRows(node: HTMLElement): void {
  for (const row of node.querySelectorAll<HTMLTableRowElement>("tbody tr"))
    row.classList.toggle(
      "wrong",
      Array.from(row.cells).some(cell => cell.textContent.startsWith("✗")),
    );
}

export const markdownFactory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: ["text/markdown"],
  defaultRank: 60,
  createRenderer: options => new TolerantMarkdown(options),
};
