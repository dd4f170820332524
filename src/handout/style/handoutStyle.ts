import { codeStyle } from "../highlight.ts";
import { colours } from "./colours.ts";
import { evidence } from "./evidence.ts";
import { figures } from "./figures.ts";
import { formulas } from "./formulas.ts";
import { paper } from "./paper.ts";
import { text } from "./text.ts";

/** The look of a handout: one column of a book's measure, a book face beside which the formulas do not stand out, paper in mind. */
export const handoutStyle = [colours, text, codeStyle, figures, formulas, evidence, paper].join("\n");
