import type { EditorView } from "@codemirror/view";
import type { Kernel } from "@jupyterlab/services";
import type { Problem, Types } from "../jupyter/typesWhileWriting.ts";
import { inspected } from "./completion.ts";
import type { Lecture } from "./lecture.ts";

/** The target by which the kernel checks cells while they are written. */
const TARGET = "lectern.types";

type Answer = { event: "checked"; id: string; problems: Problem[] } | { event: "refused"; error: string };

/** Asks the kernel of the lecture about types; there may be no lecture yet when the first editor is made. */
export class KernelTypes implements Types {
  #lecture: Lecture | undefined;
  #comm: Kernel.IComm | undefined;
  #asked = 0;
  readonly #waiting = new Map<string, (problems: Problem[] | undefined) => void>();

  follow(lecture: Lecture): void {
    this.#lecture = lecture;
    const { session } = lecture;
    const close = () => {
      this.#comm = undefined;
      for (const answer of this.#waiting.values()) answer(undefined);
      this.#waiting.clear();
    };
    session.kernelChanged.connect(close);
    session.statusChanged.connect((_, status) => {
      if (status === "restarting" || status === "autorestarting" || status === "dead") close();
    });
  }

  async problems(view: EditorView): Promise<readonly Problem[] | undefined> {
    // What nobody has touched is not worth the checker's time: it ran when it was written.
    if (!view.hasFocus) return undefined;
    return this.problemsOf(view.state.doc.toString());
  }

  /** What is wrong with a text as a cell of this notebook, in view of all its other cells. */
  async problemsOf(source: string): Promise<readonly Problem[] | undefined> {
    const comm = this.#open();
    if (!comm || !this.#lecture) return undefined;
    const id = String(++this.#asked);
    const cells = this.#lecture.codeCells.map(({ model }) => model.sharedModel.getSource());
    // An earlier question that was overtaken gets no answer of its own.
    for (const answer of this.#waiting.values()) answer(undefined);
    this.#waiting.clear();
    return new Promise(resolve => {
      this.#waiting.set(id, resolve);
      comm.send({ id, source, cells });
    });
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
      if (answer.event !== "checked") return;
      this.#waiting.get(answer.id)?.(answer.problems);
      this.#waiting.delete(answer.id);
    };
    this.#comm.open();
    return this.#comm;
  }
}
