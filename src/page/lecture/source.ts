import { CodeEditor } from "@jupyterlab/codeeditor";
import type { CourseService } from "../course/service.ts";
import { element } from "../element.ts";
import type { Editors } from "../jupyter/editors.ts";
import { notify, notifyError } from "../notices.ts";
import type { Lecture } from "./lecture.ts";
import { declarationOf, importsOf, type Place } from "./library.ts";
import type { Side } from "./side.ts";

const LIBRARY = "src/index.ts";

/** Opens the files of the library beside the lecture, to be read. */
export class Sources {
  readonly #files = new Map<string, Promise<string>>();

  constructor(
    readonly lecture: Lecture,
    readonly service: CourseService,
    readonly editors: Editors,
    readonly side: Side,
  ) {}

  /** Lists what this lecture takes from the library. */
  list(): void {
    const names = new Set(
      this.lecture.codeCells
        .flatMap(cell => importsOf(cell.model.sharedModel.getSource()))
        .filter(({ from }) => from.endsWith(LIBRARY))
        .map(({ name }) => name),
    );
    if (names.size === 0) {
      notify({ kind: "library", text: "This notebook imports nothing from the library." });
      return;
    }
    const items = [...names]
      .sort((a, b) => a.localeCompare(b, "en", { sensitivity: "base" }))
      .map(name => element("li", {}, element("button", { type: "button", onclick: () => void this.open(name) }, name)));
    this.side.open("The library, as this lecture uses it", body => {
      body.append(element("ul", { class: "names" }, ...items));
      return undefined;
    });
  }

  /** Opens the declaration of the name under the cursor. */
  openAtCursor(): void {
    const editor = this.lecture.notebook.activeCell?.editor;
    const token = editor?.getTokenAtCursor().value ?? "";
    const name = /[\w$]+/.exec(token)?.[0];
    if (name) void this.open(name);
    else this.list();
  }

  async open(name: string): Promise<void> {
    try {
      const place = await declarationOf(name, LIBRARY, file => this.#read(file));
      if (place) this.#show(place, name);
      else notify({ kind: "library", text: `${name} is not of the library.` });
    } catch (error) {
      notifyError(error);
    }
  }

  /** Opens a file at its head, by its path from `src/` on. */
  async openFile(path: string): Promise<void> {
    this.#show({ path, content: await this.#read(path), line: 0 }, path);
  }

  #show({ path, content, line }: Place, name: string): void {
    this.side.open(path.replace(/^src\//, ""), body => {
      const model = new CodeEditor.Model({ mimeType: this.editors.mimeTypes.getMimeTypeByFilePath(path) });
      model.sharedModel.setSource(content);
      const host = element("div", { class: "source", role: "region", "aria-label": `Source of ${name}`, tabindex: 0 });
      body.append(host);
      const editor = this.editors.factory.newDocumentEditor({
        host,
        model,
        config: { readOnly: true, lineNumbers: true },
      });
      requestAnimationFrame(() => {
        const { editor: view } = editor;
        const at = view.state.doc.line(Math.min(line + 1, view.state.doc.lines)).from;
        view.dispatch({ selection: { anchor: at } });
        host.scrollTop = Math.max(0, view.lineBlockAt(at).top - host.clientHeight / 3);
      });
      return () => {
        editor.dispose();
        model.dispose();
      };
    });
  }

  #read(file: string): Promise<string> {
    const known = this.#files.get(file) ?? this.service.source(file).then(({ content }) => content);
    this.#files.set(file, known);
    return known;
  }
}
