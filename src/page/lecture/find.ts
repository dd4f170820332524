import type { SearchDocumentView } from "@jupyterlab/documentsearch";
import { Widget } from "@lumino/widgets";
import type { Lecture } from "./lecture.ts";

/** Find and replace over the cells of a lecture: Jupyter's own, loaded when it is asked for first. */
export class Find {
  #view: Promise<SearchDocumentView> | undefined;

  constructor(readonly lecture: Lecture) {}

  async open(): Promise<void> {
    this.#view ??= this.#create();
    const view = await this.#view;
    const { panel } = this.lecture;
    if (!view.isAttached) {
      view.model.initialQuery = view.model.suggestedInitialQuery || view.model.searchExpression;
      Widget.attach(view, panel.node);
    }
    view.focusSearchInput();
    view.model.refresh();
  }

  async next(): Promise<void> {
    const view = await this.#view;
    if (view?.isAttached) await view.model.highlightNext();
    else await this.open();
  }

  async previous(): Promise<void> {
    const view = await this.#view;
    if (view?.isAttached) await view.model.highlightPrevious();
    else await this.open();
  }

  async #create(): Promise<SearchDocumentView> {
    const [{ SearchDocumentModel, SearchDocumentView }, { NotebookSearchProvider }] = await Promise.all([
      import("@jupyterlab/documentsearch"),
      import("@jupyterlab/notebook"),
    ]);
    const { panel, notebook } = this.lecture;
    const model = new SearchDocumentModel(NotebookSearchProvider.createNew(panel), 150);
    const view = new SearchDocumentView(model);
    view.node.setAttribute("role", "search");
    view.node.addEventListener("keydown", event => {
      if (event.key === "Escape") view.close();
    });
    view.closed.connect(() => {
      void model.endQuery();
      if (view.isAttached) Widget.detach(view);
      notebook.activate();
    });
    return view;
  }
}
