import { type Diagnostic, linter } from "@codemirror/lint";
import { type Extension, StateEffect } from "@codemirror/state";
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
  /** Offers what would put right what is wrong there. */
  mend(view: EditorView, offset: number): void;
  hover(view: EditorView, offset: number): Promise<string | undefined>;
}

/** What is underlined is looked at again, as where cells ran that it waited for. */
export const lookAgain = StateEffect.define<null>();

/** Underlines what is wrong with the types of a cell, and shows the type of what the mouse rests on. */
export function typesWhileWriting(types: Types): Extension {
  return [
    linter(
      async view => {
        if (!isCode(view)) return [];
        const problems = await types.problems(view);
        return problems?.map(problem => diagnosticOf(view, problem, types)) ?? [];
      },
      {
        delay: 400,
        needsRefresh: ({ transactions }) =>
          transactions.some(({ effects }) => effects.some(effect => effect.is(lookAgain))),
      },
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

function diagnosticOf(
  { state }: EditorView,
  { line, column, code, message, unrun }: Problem,
  types: Types,
): Diagnostic {
  const at = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  const from = Math.min(at.from + column - 1, at.to);
  const to = state.wordAt(from)?.to ?? Math.min(from + 1, at.to);
  if (unrun) return { from, to, severity: "info", message };
  const mend = { name: "Quick fix …", apply: (view: EditorView, at: number) => types.mend(view, at) };
  return { from, to, severity: "error", source: `TS${code}`, message, actions: [mend] };
}

function isCode({ dom }: EditorView): boolean {
  return dom.closest(".jp-CodeCell") !== null;
}
