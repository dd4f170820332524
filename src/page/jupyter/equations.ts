import { MathJaxTypesetter } from "@jupyterlab/mathjax-extension";
import { equationNumbers } from "../../notebook/equationNumbers.ts";
import { holdTogether } from "./heldTogether.ts";

/** What MathJax keeps of the equations that it numbered. */
interface Tags {
  allLabels: Record<string, { tag: string; id: string }>;
  formatId(label: string): string;
}

/**
 * Sets formulas, in which every reference to an equation has its number from the start.
 *
 * A cell is set when it is drawn, and what it refers to may be drawn later: the numbers come from the texts.
 */
export class EquationTypesetter extends MathJaxTypesetter {
  /** The texts of the notebook, once it is open. */
  texts: () => readonly string[] = () => [];

  override async typeset(node: HTMLElement): Promise<void> {
    const [tex] = (await this.mathDocument()).inputJax;
    const { tags, options } = (tex as unknown as { parseOptions: { tags: Tags; options: object } }).parseOptions;
    // A cell that is drawn again has its labels again.
    Object.assign(options, { ignoreDuplicateLabels: true });
    for (const [label, tag] of equationNumbers(this.texts())) tags.allLabels[label] = { tag, id: tags.formatId(label) };
    await super.typeset(node);
    holdTogether(node);
  }
}
