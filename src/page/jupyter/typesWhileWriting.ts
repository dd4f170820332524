import { type Diagnostic, linter } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import { type EditorView, hoverTooltip } from "@codemirror/view";
import { element } from "../element.ts";

/** A problem as the kernel tells it, its place counted from 1. */
export interface Problem {
  line: number;
  column: number;
  code: number;
  message: string;
  unrun?: true;
}

/** What the kernel knows of code that is being written. */
export interface Types {
  /** Undefined where no kernel answers now. */
  problems(view: EditorView): Promise<readonly Problem[] | undefined>;
  hover(view: EditorView, offset: number): Promise<string | undefined>;
}

/** Underlines what is wrong with the types of a cell, and shows the type of what the mouse rests on. */
export function typesWhileWriting(types: Types): Extension {
  return [
    linter(
      async view => {
        if (!isCode(view)) return [];
        const problems = await types.problems(view);
        return problems?.map(problem => diagnosticOf(view, problem)) ?? [];
      },
      { delay: 400 },
    ),
    hoverTooltip(
      async (view, position) => {
        if (!isCode(view)) return null;
        const word = view.state.wordAt(position);
        const text = word && (await types.hover(view, position));
        if (!text) return null;
        return {
          pos: word.from,
          end: word.to,
          above: true,
          create: () => ({ dom: element("pre", { class: "hover" }, text) }),
        };
      },
      { hoverTime: 350 },
    ),
  ];
}

function diagnosticOf({ state }: EditorView, { line, column, code, message, unrun }: Problem): Diagnostic {
  const at = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  const from = Math.min(at.from + column - 1, at.to);
  const to = state.wordAt(from)?.to ?? Math.min(from + 1, at.to);
  return { from, to, severity: unrun ? "info" : "error", source: unrun ? undefined : `TS${code}`, message };
}

function isCode({ dom }: EditorView): boolean {
  return dom.closest(".jp-CodeCell") !== null;
}
