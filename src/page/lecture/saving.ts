import type { INotebookContent } from "@jupyterlab/nbformat";
import { ServerConnection } from "@jupyterlab/services";
import { notify, notifyError, withdraw } from "../notices.ts";
import type { Lecture } from "./lecture.ts";
import type { Written } from "./written.ts";

/** What Jupyter's context does by dialogs, and this page by notices. */
interface OpenContext {
  _handleError(error: Error, title: string): Promise<void>;
  _raiseConflict(): Promise<unknown>;
  _saveState: { emit(state: "failed"): void };
}

/**
 * Tells once that nothing can be saved, and when it can again; and lets the reader choose where the file was changed
 * elsewhere. What was written is kept by the browser meanwhile.
 */
export function tellSaving(lecture: Lecture, written: Written): void {
  const { context } = lecture.panel;
  const { contents } = lecture.open.documents.services;
  const inner = context as unknown as OpenContext;
  const others = inner._handleError.bind(context);
  const put = contents.save.bind(contents);
  let isFailing = false;
  let keepsOwn = false;
  // Jupyter looks whether the file is as it was and saves then: the server looks again, so that nobody gets between.
  contents.save = (path, options = {}) => {
    const hash = path === lecture.path && context.contentsModel?.hash;
    return put(path, hash ? { hash, ...options } : options);
  };
  inner._handleError = async (error, title) => {
    if (!title.includes("Save")) return others(error, title);
    if (error instanceof ServerConnection.ResponseError && error.response.status === 409) {
      setTimeout(() => void context.save().catch(() => undefined), 100);
      return;
    }
    if (isFailing) return;
    isFailing = true;
    const why = error instanceof ServerConnection.NetworkError ? "the server does not answer" : error.message;
    const text = `Not saved: ${why}. What you wrote is kept in this browser, and saved as soon as that works again.`;
    notify({ kind: "saving", stays: true, text });
  };
  inner._raiseConflict = async () => {
    const theirs = await contents.get(lecture.path, { type: "notebook", format: "json", content: true, hash: true });
    const isNothing = written.isNothing;
    if (!isNothing && (keepsOwn || written.takeIn(theirs.content as INotebookContent))) {
      keepsOwn = false;
      const mine = { type: "notebook", format: "json", content: context.model.toJSON() } as const;
      return put(lecture.path, theirs.hash ? { ...mine, hash: theirs.hash } : mine);
    }
    if (isNothing) void written.takeFile().catch(notifyError);
    else ask();
    // Jupyter says nothing of an error of this name, and ends the saving there.
    queueMicrotask(() => inner._saveState.emit("failed"));
    throw Object.assign(new Error("Not saved: the file was changed elsewhere."), { name: "ModalDuplicateError" });
  };
  const ask = () =>
    notify({
      kind: "conflict",
      stays: true,
      text: "This notebook was changed elsewhere, as in another tab, while you wrote here.",
      actions: [
        { label: "Take what was saved there", run: () => written.takeFile() },
        {
          label: "Keep what is here",
          run: () => {
            keepsOwn = true;
            return context.save();
          },
        },
      ],
    });
  context.saveState.connect((_, state) => {
    if (!state.startsWith("completed")) return;
    withdraw("conflict");
    if (isFailing) notify({ kind: "saving", text: "Saved: all that you wrote is in the file again." });
    isFailing = false;
  });
}
