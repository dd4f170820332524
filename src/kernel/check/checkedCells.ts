import type { CellDiagnostic } from "../result.ts";
import type { Declaration, ParsedCell } from "../transform/parse.ts";
import type { Checked } from "./views.ts";

/** A cell that was checked and may run. */
export interface Pending {
  cell: ParsedCell;
  module: string;
  types: Declaration[];
}

/** A cell among the modules of the checker, and what is wrong with it. */
export interface Added {
  name: string;
  problems: CellDiagnostic[];
  checked: Checked;
}
