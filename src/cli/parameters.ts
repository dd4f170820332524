import { hasTag, type Notebook } from "../notebook/index.ts";
import { CommandError } from "./errors.ts";

/** `["epochs=2"]` -> `{ epochs: "2" }` */
export function parseParameters(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map(text => {
      const at = text.indexOf("=");
      if (at < 1) throw new CommandError(`lectern run: -p must be NAME=VALUE, but got ${text}; as in -p epochs=2.`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** Throws before anything runs where the notebook has no cell for the parameters, or does not declare one of them. */
export async function checkParameters(
  path: string,
  notebook: Notebook,
  parameters: Record<string, string>,
): Promise<void> {
  if (Object.keys(parameters).length === 0) return;
  const cell = notebook.cells.find(each => each.cell_type === "code" && hasTag(each, "parameters"));
  if (cell === undefined) {
    throw new CommandError(
      `lectern run: ${path} must have a cell tagged "parameters" for -p, but it has none; tag the cell that declares them.`,
    );
  }
  // The kernel's front half reads TypeScript, which takes a second to load: a run without parameters does not need it.
  const { withParameters } = await import("../kernel/parameters.ts");
  try {
    withParameters(cell.source, parameters);
  } catch (error) {
    throw new CommandError(`lectern run: ${(error as Error).message}`);
  }
}
