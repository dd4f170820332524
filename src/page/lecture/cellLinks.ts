import type { Cell } from "@jupyterlab/cells";
import { NotebookActions } from "@jupyterlab/notebook";
import { element } from "../element.ts";
import { STDERR } from "../jupyter/longText.ts";
import type { Lecture } from "./lecture.ts";

/** A cell's name as a link that goes there: a link's words break over lines, a button's would not. */
export function cellLink(lecture: Lecture, cell: Cell, name = lecture.runs.nameOf(cell)): HTMLElement {
  const go = (event: Event) => {
    event.preventDefault();
    lecture.goTo(lecture.cells.indexOf(cell));
  };
  return element("a", { class: "cell-link", href: `#cell=${encodeURIComponent(cell.model.id)}`, onclick: go }, name);
}

/** Words that name cells as `cell [7]`, with links to them. */
export function withCellLinks(lecture: Lecture, text: string): (HTMLElement | string)[] {
  return text.split(/([Cc]ell \[\d+\])/).map((part, index) => {
    const cell = index % 2 ? lecture.runs.cellOf(Number(/\d+/.exec(part)?.[0])) : undefined;
    return cell ? cellLink(lecture, cell, part) : part;
  });
}

/** The kernel's words that count cells of code, as in `cell 3 defines tau2`, with the names that the page gives cells. */
export function inPageWords(lecture: Lecture, message: string): string {
  return message.replace(COUNTED, (all, numbers: string) => {
    const cells = numbersIn(numbers).map(each => lecture.codeCells[each - 1]);
    return cells.every(each => each !== undefined) ? LIST.format(cells.map(each => lecture.runs.nameOf(each))) : all;
  });
}

/** The cells of code that such words count. */
export function countedCells(lecture: Lecture, message: string): Cell[] {
  return numbersIn(COUNTED.exec(message)?.[1] ?? "").flatMap(each => lecture.codeCells[each - 1] ?? []);
}

/**
 * In errors the kernel names cells by the number under which they ran: each becomes a link to the cell, with the
 * number in brackets as it stands there.
 */
export function linkErrors(lecture: Lecture): void {
  const link = () => {
    for (const cell of lecture.codeCells) {
      if (!lecture.runs.has(cell)) continue;
      for (const text of cell.node.querySelectorAll<HTMLElement>(`${ERROR} pre:not([data-linked])`)) {
        text.dataset.linked = "";
        linkIn(lecture, text);
      }
    }
  };
  lecture.changed.connect(link);
  // It is drawn a moment after the cell has run.
  NotebookActions.executed.connect((_, { notebook }) => {
    if (notebook === lecture.notebook) window.setTimeout(link, 300);
  });
}

function linkIn(lecture: Lecture, text: HTMLElement): void {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  for (const node of nodes) {
    const bracketed = inPageWords(lecture, node.data).replace(NUMBERED, (all, what: string, count: string) =>
      lecture.runs.cellOf(Number(count)) ? `${what} [${count}]` : all,
    );
    if (bracketed !== node.data) node.replaceWith(...withCellLinks(lecture, bracketed));
  }
}

function numbersIn(text: string): number[] {
  return (text.match(/\d+/g) ?? []).map(Number);
}

/** `a`, `a and b`, `a, b and c`. */
export const LIST = new Intl.ListFormat("en-GB");

const COUNTED = /\bcells? (\d+(?:(?:, | and )\d+)*)(?= (?:defines?|has already)\b)/;
const NUMBERED = /\b([Cc]ell) (\d+)(?=, line \d| declares it)/g;
const ERROR = `[data-mime-type="${STDERR}"]`;
