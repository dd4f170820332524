import { type ISessionContext, SessionContextDialogs } from "@jupyterlab/apputils";
import { DocumentManager } from "@jupyterlab/docmanager";
import { DocumentRegistry } from "@jupyterlab/docregistry";
import {
  NotebookModelFactory,
  NotebookPanel,
  NotebookWidgetFactory,
  runCell,
  setCellExecutor,
  StaticNotebook,
} from "@jupyterlab/notebook";
import type { RenderMimeRegistry } from "@jupyterlab/rendermime";
import type { Kernel, ServiceManager } from "@jupyterlab/services";
import { Signal } from "@lumino/signaling";
import type { Widget } from "@lumino/widgets";
import type { Editors } from "./editors.ts";
import { NearView } from "./nearView.ts";

/** A notebook that is open, and what saves it. */
export interface OpenNotebook {
  panel: NotebookPanel;
  documents: DocumentManager;
  dialogs: SessionContextDialogs;
  nearView: NearView;
}

export interface NotebookOptions {
  /** Where files and kernels are: the page does not care whether behind a server or in this tab. */
  services: ServiceManager.IManager;
  path: string;
  kernelName: string;
  editors: Editors;
  rendering: RenderMimeRegistry;
}

/** A notebook in Jupyter's own panel, without its toolbar: the page has one of its own. */
export function openNotebook({ services, path, kernelName, editors, rendering }: NotebookOptions): OpenNotebook {
  setCellExecutor({ runCell });
  const registry = new DocumentRegistry();
  const opener = { opened: new Signal<object, Widget>({}), open: () => undefined };
  const dialogs = new SessionContextDialogs();
  const documents = new DocumentManager({
    registry,
    manager: services,
    opener: opener as never,
    sessionDialogs: dialogs,
  });
  documents.autosaveInterval = 5;
  registry.addModelFactory(new NotebookModelFactory({}));
  registry.addWidgetFactory(
    new NotebookWidgetFactory({
      name: "Notebook",
      modelName: "notebook",
      fileTypes: ["notebook"],
      defaultFor: ["notebook"],
      preferKernel: true,
      canStartKernel: true,
      autoStartDefault: true,
      rendermime: rendering,
      contentFactory: new NotebookPanel.ContentFactory({ editorFactory: editors.factory.newInlineEditor }),
      mimeTypeService: editors.mimeTypes,
      editorConfig: editorConfig(),
      notebookConfig: notebookConfig(),
      toolbarFactory: () => [],
    }),
  );
  const panel = documents.open(path, "Notebook", { name: kernelName }) as NotebookPanel | undefined;
  if (!panel)
    throw new Error(`page: a notebook's path must end in .ipynb, but got ${path}; choose a lecture in the course.`);
  panel.toolbar.hide();
  staysSaved(panel);
  withoutDeathDialog(panel);
  return { panel, documents, dialogs, nearView: new NearView(panel.content) };
}

/**
 * What Jupyter notes of the kernel as it starts is no change of the reader's: opening alone leaves nothing to save. Of
 * a file that cannot be read it would offer to save the nothing that is here over it.
 */
function staysSaved({ context }: NotebookPanel): void {
  const { model } = context;
  model.dirty &&= context.isReady;
  model.stateChanged.connect(() => {
    if (model.dirty && !context.isReady) model.dirty = false;
  });
  model.metadataChanged.connect((_, { key }) => {
    if (model.dirty || !["kernelspec", "language_info"].includes(key)) return;
    queueMicrotask(() => {
      model.dirty = false;
    });
  });
}

/** Of a kernel that died Jupyter tells in a dialog that stands before the lecture; the page does in a notice. */
function withoutDeathDialog(panel: NotebookPanel): void {
  const { _onSessionStatusChanged: tell } = panel as unknown as {
    _onSessionStatusChanged: (sender: ISessionContext, status: Kernel.Status) => void;
  };
  panel.sessionContext.statusChanged.disconnect(tell, panel);
}

function notebookConfig(): StaticNotebook.INotebookConfig {
  return {
    ...StaticNotebook.defaultNotebookConfig,
    recordTiming: false,
    scrollPastEnd: false,
    showHiddenCellsButton: false,
    enableKernelInitNotification: false,
    windowingMode: "defer",
  };
}

function editorConfig(): StaticNotebook.IEditorConfig {
  const { code, markdown, raw } = StaticNotebook.defaultEditorConfig;
  const shared = { autoClosingBrackets: true, matchBrackets: true, highlightActiveLine: false };
  return {
    code: { ...code, ...shared, lineNumbers: false },
    markdown: { ...markdown, ...shared, lineWrap: true },
    raw,
  };
}
