import { notify } from "../notices.ts";
import type { Lecture } from "./lecture.ts";
import type { Saves } from "./saves.ts";

type Word = "opened" | "here" | "saved";

/** Keeps the tabs of a browser on one notebook together: what one saves the others show, where nothing is unsaved. */
export async function followOtherTabs(lecture: Lecture, saves: Saves): Promise<void> {
  const { context } = lecture.panel;
  await context.ready;
  const channel = new BroadcastChannel(`lectern ${lecture.path}`);
  // What runs writes into the cells that are there; what is unsaved is the reader's to decide on.
  const mayFollow = () => saves.written.isNothing && !lecture.isRunning;
  const say = (word: Word) => channel.postMessage(word);
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data === "opened") say("here");
    if (data === "saved") void saves.takeFile(mayFollow).catch(() => undefined);
    else
      notify({
        kind: "tabs",
        text: "This notebook is open in another tab too. What is saved there shows here, unless you are writing.",
      });
  };
  context.saveState.connect((_, state) => {
    if (state.startsWith("completed")) say("saved");
  });
  say("opened");
}
