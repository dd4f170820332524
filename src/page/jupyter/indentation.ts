import { indentUnit, language } from "@codemirror/language";
import { type Extension, Prec } from "@codemirror/state";

/** Two spaces, as the course and most of TypeScript have it; four in Python. */
export const indentation: Extension = Prec.highest(
  indentUnit.compute([language], state => (state.facet(language)?.name === "python" ? "    " : "  ")),
);
