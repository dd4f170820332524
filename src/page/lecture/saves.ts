import type { INotebookContent } from "@jupyterlab/nbformat";
import { type Contents, ServerConnection } from "@jupyterlab/services";
import { type ISignal, Signal } from "@lumino/signaling";
import { viewOf } from "./inView.ts";
import type { Lecture } from "./lecture.ts";
import { type CellText, isSame, textsIn, type Written } from "./written.ts";

/** What Jupyter's context keeps to itself, and saving one at a time needs. */
interface InnerContext {
  _save(): Promise<void>;
  _createSaveOptions(): Partial<Contents.IModel>;
  _updateContentsModel(model: Contents.IModel): void;
  _saveState: { emit(state: "started" | "completed" | "failed"): void };
}

/**
 * Puts what is here in order with a file that somebody else changed. False where the reader has to choose first. Of a
 * file that cannot be read, only `fault` says why.
 */
export type Settle = (file: Contents.IModel, fault?: string) => boolean;

/** The longest that a change made during a save waits for the next, where saving is quick. */
const PAUSE = 2000;

/**
 * Saves a lecture, in place of Jupyter's context, which saves at once whatever else is under way and then takes its own
 * saves for somebody else's. Here all that reads or writes the file waits for its turn; it is saved only over what was
 * last known of it; and what was written during a save is not taken for saved.
 */
export class Saves {
  readonly #failed = new Signal<this, Error>(this);
  readonly #inner: InnerContext;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting: Promise<void> | undefined;
  #pause: number | undefined;
  #changes = 0;
  /** What was sent since the last answer: each may be in the file, or not. */
  #unanswered: (readonly CellText[])[] = [];

  constructor(
    readonly lecture: Lecture,
    readonly written: Written,
    readonly settle: Settle,
  ) {
    const { context } = lecture.panel;
    this.#inner = context as unknown as InnerContext;
    this.#inner._save = () => this.#save();
    context.model.contentChanged.connect(() => this.#changes++);
  }

  /** A save failed for another reason than a file that was changed elsewhere. */
  get failed(): ISignal<this, Error> {
    return this.#failed;
  }

  /**
   * Shows the file as it is, or as a change makes it, in place of what is here. Does nothing, and says false, where
   * that may not be: it is asked again when the file was read, for the reader may have gone on writing.
   */
  takeFile(may: () => boolean, change?: () => Promise<unknown>): Promise<boolean> {
    return this.#alone(async () => {
      if (!may()) return false;
      await change?.();
      const file = await this.#read();
      if (!may()) return false;
      this.#show(file);
      return true;
    });
  }

  /** What is asked for while one save waits for its turn is in that one. */
  #save(): Promise<void> {
    this.#waiting ??= this.#alone(() => {
      this.#waiting = undefined;
      return this.#saveNow();
    });
    return this.#waiting;
  }

  #alone<T>(action: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(action);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #saveNow(): Promise<void> {
    window.clearTimeout(this.#pause);
    const began = performance.now();
    this.#inner._saveState.emit("started");
    try {
      while (!(await this.#put())) {
        // The file was another than the last that was known, and now that one is.
      }
      this.#inner._saveState.emit("completed");
    } catch (error) {
      this.#inner._saveState.emit("failed");
      if (!(error instanceof ChangedElsewhere)) this.#failed.emit(error as Error);
      throw error;
    }
    if (this.lecture.panel.context.model.dirty) this.#saveSoon(Math.max(PAUSE, performance.now() - began));
  }

  /** Jupyter's own pause grows to ten times what a save took. */
  #saveSoon(pause: number): void {
    const save = () => void this.#save().catch(() => undefined);
    this.#pause = window.setTimeout(save, pause);
  }

  /** Puts all that is here into the file as it was last known. False where it had to be put in order with it first. */
  async #put(): Promise<boolean> {
    const { context } = this.lecture.panel;
    // The server looks too, so that nobody gets between; but a browser complains of what a server refuses.
    if (!(await this.#isKnown())) {
      await this.#putInOrder();
      return false;
    }
    const [changes, texts, hash] = [this.#changes, this.written.texts(), context.contentsModel?.hash];
    const file = this.#inner._createSaveOptions();
    try {
      const saved = await this.#contents.save(this.lecture.path, hash ? { ...file, hash } : file);
      this.#know(saved, texts);
    } catch (error) {
      if (!isRefused(error)) {
        this.#unanswered.push(texts);
        throw error;
      }
      await this.#putInOrder();
      return false;
    }
    if (changes === this.#changes) context.model.dirty = false;
    return true;
  }

  /** Whether the file is as it was last known, or gone: then it is made again. */
  async #isKnown(): Promise<boolean> {
    try {
      const { hash } = await this.#contents.get(this.lecture.path, { content: false, hash: true });
      return hash === this.lecture.panel.context.contentsModel?.hash;
    } catch (error) {
      if (error instanceof ServerConnection.ResponseError && error.response.status === 404) return true;
      throw error;
    }
  }

  /** Knows the file again, where it holds what was sent and not answered, or what the reader wants to save over. */
  async #putInOrder(): Promise<void> {
    const { file, fault } = await this.#readOrNot();
    const texts = fault === undefined ? textsIn(file.content as INotebookContent) : [];
    const isOwn = this.#unanswered.some(sent => isSame(sent, texts));
    if (!isOwn && !this.settle(file, fault)) throw new ChangedElsewhere();
    this.#know(file, texts);
  }

  get #contents() {
    return this.lecture.open.documents.services.contents;
  }

  #know(file: Contents.IModel, texts: readonly CellText[]): void {
    this.#unanswered = [];
    this.written.note(texts);
    this.#inner._updateContentsModel(file);
  }

  #read(): Promise<Contents.IModel> {
    const wanted = { type: "notebook", format: "json", content: true, hash: true } as const;
    return this.#contents.get(this.lecture.path, wanted);
  }

  /** The file; where it is no notebook any more, what else is known of it. */
  async #readOrNot(): Promise<{ file: Contents.IModel; fault?: string }> {
    try {
      return { file: await this.#read() };
    } catch (error) {
      if (!(error instanceof ServerConnection.ResponseError) || error.response.status !== 400) throw error;
      const file = await this.#contents.get(this.lecture.path, { content: false, hash: true });
      return { file, fault: error.message };
    }
  }

  #show(file: Contents.IModel): void {
    const { notebook, panel } = this.lecture;
    const { context } = panel;
    if (file.hash !== context.contentsModel?.hash || context.model.dirty) {
      const view = viewOf(this.lecture);
      const [active, top] = [notebook.activeCellIndex, view.scrollTop];
      const hadFocus = notebook.node.contains(document.activeElement);
      context.model.fromJSON(file.content);
      context.model.dirty = false;
      notebook.activeCellIndex = active;
      view.scrollTop = top;
      if (hadFocus) notebook.activate();
    }
    this.#know(file, this.written.texts());
  }
}

/** Nothing was saved, and the reader is asked: Jupyter says nothing of an error of this name. */
class ChangedElsewhere extends Error {
  override readonly name = "ModalDuplicateError";

  constructor() {
    super("Not saved: the file was changed elsewhere.");
  }
}

/** Whether the server saw that the file is not what this was to replace. */
function isRefused(error: unknown): boolean {
  return error instanceof ServerConnection.ResponseError && error.response.status === 409;
}
