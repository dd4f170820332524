import { element } from "../element.ts";
import { died, isDead } from "./deadKernel.ts";
import type { Lecture } from "./lecture.ts";

/** What the kernel does and whether all is saved, in words that a screen reader hears when they change. */
export class Status {
  readonly node: HTMLElement;
  readonly #kernel = element("span", { class: "kernel", role: "status" });
  readonly #saved = element("span", { class: "saved", role: "status" });
  #failure = "";
  #isSaving = false;
  #wasConnected = false;

  constructor(readonly lecture: Lecture) {
    this.node = element("span", { class: "status" }, this.#saved, this.#kernel);
    const { session, panel } = lecture;
    session.statusChanged.connect(() => this.refresh());
    session.connectionStatusChanged.connect(() => this.refresh());
    session.kernelChanged.connect(() => this.refresh());
    died.connect(() => this.refresh());
    panel.context.saveState.connect((_, state) => {
      this.#failure = state === "failed" ? "not saved" : "";
      this.#isSaving = state === "started";
      this.refresh();
    });
    // What was not saved may have been given up for what is in the file.
    panel.context.fileChanged.connect(() => {
      this.#failure = "";
      this.refresh();
    });
    panel.context.model.stateChanged.connect(() => this.refresh());
    this.refresh();
  }

  refresh(): void {
    const { state, words } = this.#kernelWords();
    this.#kernel.dataset.state = state;
    if (this.#kernel.textContent !== words) this.#kernel.textContent = words;
    const saved = this.#savedWords();
    this.#saved.dataset.state = this.#failure ? "failed" : "fine";
    if (this.#saved.textContent !== saved) this.#saved.textContent = saved;
  }

  #savedWords(): string {
    if (this.#isSaving) return "saves …";
    return this.#failure || (this.lecture.panel.context.model.dirty ? "not saved yet" : "saved");
  }

  #kernelWords(): { state: string; words: string } {
    const { session } = this.lecture;
    const status = session.kernelDisplayStatus as string;
    const connection = session.session?.kernel?.connectionStatus;
    this.#wasConnected ||= connection === "connected";
    // A restart connects anew too.
    const isLost =
      connection === "disconnected" ||
      (connection === "connecting" && this.#wasConnected && !session.isRestarting && !/restarting/.test(status));
    if (isDead(session)) return { state: "gone", words: "died: restart it" };
    if (isLost) return { state: "gone", words: "the server does not answer" };
    if (connection === "connecting" && !/busy|restarting/.test(status)) return { state: "waits", words: "connects …" };
    const words: Record<string, string> = {
      idle: "ready",
      busy: "runs …",
      starting: "starts …",
      restarting: "starts anew …",
      autorestarting: "died; starts anew …",
      dead: "died: restart it",
      terminating: "ends …",
      initializing: "starts …",
      unknown: this.#wasConnected ? "no kernel: a run starts one" : "no kernel yet",
      "": "no kernel",
    };
    const state = status === "idle" ? "ready" : /dead/.test(status) ? "gone" : status === "busy" ? "busy" : "waits";
    return { state, words: words[status] ?? status };
  }
}
