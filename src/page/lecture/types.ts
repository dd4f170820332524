import { diagnosticCount } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import type { CodeMirrorEditor } from "@jupyterlab/codemirror";
import { NotebookActions } from "@jupyterlab/notebook";
import type { Kernel } from "@jupyterlab/services";
import type { JSONObject } from "@lumino/coreutils";
import { lookAgain, type Problem, type Types } from "../jupyter/typesWhileWriting.ts";
import { inPageWords } from "./cellLinks.ts";
import { inspected } from "./completion.ts";
import { notifyError } from "../notices.ts";
import type { Lecture } from "./lecture.ts";
import { type Fix, offerFixesAt } from "./quickFixes.ts";

/** The target by which the kernel checks cells while they are written. */
const TARGET = "lectern.types";

/** How long other texts wait for the answer to one, in milliseconds. */
const LATEST = 30_000;

/** A name, and what another one changes in the code cells, counted from 0. */
export interface Renaming {
  name: string;
  edits: (Fix["edits"][number] & { cell: number })[];
}

type Answer =
  | { event: "checked"; id: string; problems: Problem[] }
  | { event: "fixes"; id: string; fixes: Fix[] }
  | ({ event: "renaming"; id: string } & Renaming)
  | { event: "refused"; id?: string; error: string };

/** Asks the kernel of the lecture about types; there may be no lecture yet when the first editor is made. */
export class KernelTypes implements Types {
  #lecture: Lecture | undefined;
  #comm: Kernel.IComm | undefined;
  #asked = 0;
  /** Whose texts wait for the checker: a newer one of the same asker overtakes the one before. */
  readonly #waiting = new Map<unknown, { source: string; tell: (problems?: readonly Problem[]) => void }>();
  #checking: { asker: unknown; id: string } | undefined;
  readonly #questions = new Map<string, (answer: Answer | undefined) => void>();

  follow(lecture: Lecture): void {
    this.#lecture = lecture;
    const { session } = lecture;
    const close = () => {
      this.#comm = undefined;
      for (const id of this.#questions.keys()) this.#settle(id, undefined);
    };
    session.kernelChanged.connect(close);
    session.statusChanged.connect((_, status) => {
      if (status === "restarting" || status === "autorestarting" || status === "dead") close();
    });
    NotebookActions.executed.connect((_, { notebook }) => {
      if (notebook !== lecture.notebook) return;
      for (const { editor } of lecture.codeCells) {
        const view = (editor as CodeMirrorEditor | null)?.editor;
        if (view && diagnosticCount(view.state) > 0) view.dispatch({ effects: lookAgain.of(null) });
      }
    });
  }

  async problems(view: EditorView): Promise<readonly Problem[] | undefined> {
    // What nobody has touched is not worth the checker's time: it ran when it was written.
    if (!view.hasFocus && diagnosticCount(view.state) === 0) return undefined;
    const problems = await this.problemsOf(view.state.doc.toString(), view);
    return problems?.map(each => ({ ...each, message: this.#inPageWords(each.message) }));
  }

  /** What is wrong with a text as a cell of this notebook, in view of all its other cells. */
  problemsOf(source: string, asker: unknown = this): Promise<readonly Problem[] | undefined> {
    return new Promise(tell => {
      // A text that was overtaken gets no answer of its own.
      this.#waiting.get(asker)?.tell();
      this.#waiting.set(asker, { source, tell });
      const now = this.#checking;
      if (!now) void this.#check();
      else if (now.asker === asker) this.#settle(now.id, undefined);
    });
  }

  /** One text after another: of those that come while it checks, the kernel answers the last one only. */
  async #check(): Promise<void> {
    for (const [asker, { source, tell }] of this.#waiting) {
      this.#waiting.delete(asker);
      const id = this.#nextId();
      this.#checking = { asker, id };
      const told = this.#ask({ source }, id).then(answer =>
        tell(answer?.event === "checked" ? answer.problems : undefined),
      );
      // A checker that fails answers nothing, and one that starts takes its time: others have their turn meanwhile.
      await Promise.race([told, new Promise(resolve => setTimeout(resolve, LATEST))]);
    }
    this.#checking = undefined;
  }

  mend(view: EditorView, offset: number): void {
    void offerFixesAt(view, offset, this).catch(notifyError);
  }

  /** What would put right what is wrong at the offset of a cell; the kernel knows all names that are there. */
  async fixes(source: string, offset: number): Promise<readonly Fix[]> {
    const answer = await this.#ask({ fix: { source, offset } });
    return answer?.event === "fixes" ? answer.fixes : [];
  }

  /** What another name at a place of a code cell changes; without `to`, where it stands. */
  async rename(cell: number, offset: number, to?: string): Promise<Renaming> {
    const answer = await this.#ask({ rename: { cell, offset, ...(to === undefined ? {} : { to }) } });
    if (answer?.event === "renaming") return answer;
    throw new Error(
      answer?.event === "refused"
        ? this.#inPageWords(answer.error)
        : "rename: the kernel must answer, but does not; restart it.",
    );
  }

  #inPageWords(message: string): string {
    return this.#lecture ? inPageWords(this.#lecture, message) : message;
  }

  #nextId(): string {
    return String(++this.#asked);
  }

  #ask(question: JSONObject, id = this.#nextId()): Promise<Answer | undefined> {
    const comm = this.#open();
    if (!comm) return Promise.resolve(undefined);
    return new Promise(resolve => {
      this.#questions.set(id, resolve);
      comm.send({ id, cells: this.#sources(), ...question });
    });
  }

  #settle(id: string, answer: Answer | undefined): void {
    this.#questions.get(id)?.(answer);
    this.#questions.delete(id);
  }

  #sources(): string[] {
    return this.#lecture?.codeCells.map(({ model }) => model.sharedModel.getSource()) ?? [];
  }

  async hover(view: EditorView, offset: number): Promise<string | undefined> {
    const kernel = this.#lecture?.session.session?.kernel;
    if (!kernel) return undefined;
    const bundle = await inspected(kernel, view.state.doc.toString(), offset);
    return String(bundle?.["text/plain"] ?? "") || undefined;
  }

  #open(): Kernel.IComm | undefined {
    const kernel = this.#lecture?.session.session?.kernel;
    if (this.#comm || !kernel || kernel.connectionStatus !== "connected") return this.#comm;
    this.#comm = kernel.createComm(TARGET);
    this.#comm.onMsg = ({ content }) => {
      const answer = content.data as unknown as Answer;
      this.#settle(answer.id ?? "", answer);
    };
    this.#comm.open();
    return this.#comm;
  }
}
