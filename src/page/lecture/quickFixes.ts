import type { CodeMirrorEditor } from "@jupyterlab/codemirror";
import type { EditorView } from "@codemirror/view";
import { notify, withdraw } from "../notices.ts";
import { choose } from "./menu.ts";
import type { Lecture } from "./lecture.ts";

interface Edit {
  from: number;
  to: number;
  insert: string;
}

/** A way to put right what is wrong in a cell. */
export interface Fix {
  title: string;
  edits: Edit[];
}

/** What knows how to put right what is wrong at the offset of a cell. */
interface Mender {
  fixes(source: string, offset: number): Promise<readonly Fix[]>;
}

/** Offers what would put right what is wrong at the cursor, as a menu there; what is chosen is written. */
export async function offerFixes({ notebook }: Lecture, types: Mender): Promise<void> {
  const editor = notebook.activeCell?.editor as CodeMirrorEditor | undefined | null;
  if (editor) await offerFixesAt(editor.editor, editor.editor.state.selection.main.head, types);
}

/** The same at a place of an editor. */
export async function offerFixesAt(view: EditorView, offset: number, types: Mender): Promise<void> {
  const { doc } = view.state;
  // Only a wait that is felt is told.
  const waiting = setTimeout(
    () => notify({ kind: "fixes", stays: true, text: "The compiler looks for what would mend it …" }),
    250,
  );
  const fixes = await types.fixes(doc.toString(), offset).finally(() => {
    clearTimeout(waiting);
    withdraw("fixes");
  });
  // What was written meanwhile may be what was wrong.
  if (!view.state.doc.eq(doc)) return;
  if (fixes.length === 0) return notify({ kind: "fixes", text: "Here is nothing that the compiler would mend." });
  const place = view.coordsAtPos(offset) ?? view.dom.getBoundingClientRect();
  choose(
    "Quick fixes",
    place,
    fixes.map(({ title, edits }) => ({
      label: title,
      run: () => {
        view.focus();
        if (view.state.doc.eq(doc)) view.dispatch({ changes: edits.map(edit => ({ ...edit })) });
      },
    })),
    () => view.focus(),
  );
}
