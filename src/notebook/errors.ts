/** Where in a notebook a rule was broken. `cell` counts from 1, as a reader counts; `byte` from 0, as editors do. */
export interface NotebookLocation {
  cell?: number | undefined;
  byte?: number | undefined;
}

/** A file that is not a notebook we can read; the message names the file, the cell, the rule and the remedy. */
export class NotebookFormatError extends Error {
  readonly file: string;
  readonly cell: number | undefined;
  readonly byte: number | undefined;

  constructor(file: string, { cell, byte }: NotebookLocation, problem: string) {
    super(`${file}${cell === undefined ? "" : `, cell ${cell}`}: ${problem}`);
    this.name = "NotebookFormatError";
    this.file = file;
    this.cell = cell;
    this.byte = byte;
  }
}
