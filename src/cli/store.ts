import { mkdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Edition } from "../notebook/editions/index.ts";
import { kernelMetadata, type Notebook, type Output, setFingerprint, writeNotebook } from "../notebook/index.ts";

/**
 * Writes a notebook that ran back to its file: figures with an SVG for readers without plotly, kernel named,
 * fingerprint of what the outputs came from. `to` is another file for a run that should leave the notebook alone.
 */
export async function storeRun(path: string, notebook: Notebook, to = path): Promise<void> {
  await writeNotebook(to, await setFingerprint(path, await asStored(notebook)));
}

/** A notebook that ran as its file has it: figures with a drawing, kernel named. */
export async function asStored(notebook: Notebook): Promise<Notebook> {
  const drawn = await withDrawings(notebook);
  const { kernelspec: _, language_info: __, ...others } = drawn.metadata;
  return { ...drawn, metadata: { ...others, ...kernelMetadata } };
}

/** Removes what an earlier, failed run left. */
export async function dropPartialRun(path: string, edition?: Edition): Promise<void> {
  await rm(partialPath(path, edition), { force: true });
}

/** Keeps what a failed run came to beside the notebook, which stays as it is. Returns where. */
export async function keepPartialRun(path: string, notebook: Notebook, edition?: Edition): Promise<string> {
  const kept = partialPath(path, edition);
  await mkdir(dirname(kept), { recursive: true });
  await writeNotebook(kept, notebook);
  return kept;
}

function partialPath(path: string, edition?: Edition): string {
  const name = basename(path, ".ipynb") + (edition === undefined ? "" : `.${edition}`);
  return join(dirname(path), ".lectern", `${name}.partial.ipynb`);
}

/** Every plotly figure with a static drawing beside it, whose alt text is the figure's. */
export async function withDrawings(notebook: Notebook): Promise<Notebook> {
  const cells = [];
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") cells.push(cell);
    else {
      const outputs: Output[] = [];
      for (const output of cell.outputs) outputs.push(await drawn(output));
      cells.push({ ...cell, outputs });
    }
  }
  return { ...notebook, cells };
}

async function drawn(output: Output): Promise<Output> {
  if (output.output_type !== "display_data" && output.output_type !== "execute_result") return output;
  const { withDrawing } = await import("../handout/index.ts");
  try {
    return { ...output, ...(await withDrawing(output)) };
  } catch (error) {
    console.error((error as Error).message);
    return output;
  }
}
