import type { INotebookContent } from "@jupyterlab/nbformat";
import { ServerConnection } from "@jupyterlab/services";
import { notify, notifyError, withdraw } from "../notices.ts";
import type { Lecture } from "./lecture.ts";
import { Saves } from "./saves.ts";
import { isSame, type Written } from "./written.ts";

/**
 * Saves the lecture; tells once that nothing can be saved, and when it can again; and lets the reader choose where the
 * file was changed elsewhere. What was written is kept by the browser meanwhile.
 */
export function tellSaving(lecture: Lecture, written: Written): Saves {
  const { context } = lecture.panel;
  let isFailing = false;
  /** The file, by its hash, over which the reader wants what is here. */
  let given: string | undefined;
  const saves = new Saves(lecture, written, (file, fault) => {
    const isGiven = given !== undefined && given === file.hash;
    if (fault !== undefined) {
      if (!isGiven) ask(file.hash, fault);
      return isGiven;
    }
    if (written.isNothing) {
      void saves.takeFile(() => written.isNothing && !lecture.isRunning).catch(notifyError);
      return false;
    }
    const isSettled = isGiven || written.takeIn(file.content as INotebookContent);
    if (!isSettled) ask(file.hash);
    return isSettled;
  });
  const ask = (hash: string | undefined, fault?: string) => {
    const take = () => {
      const texts = written.texts();
      return saves.takeFile(() => isSame(texts, written.texts()));
    };
    const keep = () => {
      given = hash;
      return context.save();
    };
    notify({
      kind: "conflict",
      stays: true,
      text: fault
        ? `Not saved: the file was changed elsewhere, and cannot be read any more. ${fault}`
        : "This notebook was changed elsewhere, as in another tab, while you wrote here.",
      actions: [
        ...(fault ? [] : [{ label: "Take what was saved there", run: take }]),
        { label: "Keep what is here", run: keep },
      ],
    });
  };
  saves.failed.connect((_, error) => {
    if (isFailing) return;
    isFailing = true;
    const why =
      error instanceof ServerConnection.NetworkError ? "the server does not answer" : error.message.replace(/\.$/, "");
    const text = `Not saved: ${why}. What you wrote is kept in this browser, and saved as soon as that works again.`;
    notify({ kind: "saving", stays: true, text });
  });
  context.saveState.connect((_, state) => {
    if (!state.startsWith("completed")) return;
    withdraw("conflict");
    if (!isFailing || !written.isNothing) return;
    isFailing = false;
    notify({ kind: "saving", text: "Saved: all that you wrote is in the file again." });
  });
  return saves;
}
