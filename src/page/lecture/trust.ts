import { Dialog, showDialog } from "@jupyterlab/apputils";
import type { CodeCell } from "@jupyterlab/cells";
import type { IOutputModel, IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { notify, withdraw } from "../notices.ts";
import type { Lecture } from "./lecture.ts";

/** Says where outputs that came with the notebook are shown without what could do harm, and offers to trust it. */
export async function offerTrust(lecture: Lecture): Promise<void> {
  await lecture.panel.context.ready;
  if (!lecture.codeCells.some(cell => isHeldBack(cell, lecture.notebook.rendermime))) return;
  notify({
    kind: "trust",
    stays: true,
    text: "This notebook came from elsewhere: some of its outputs are not shown whole until you run their cells, or trust it.",
    actions: [{ label: "Trust this notebook", run: () => trustNotebook(lecture) }],
  });
}

/** Takes all that the notebook shows for the reader's own, and saves it, so that the server knows. */
export async function trustNotebook({ cells, panel }: Lecture): Promise<void> {
  const { button } = await showDialog({
    title: "Trust this notebook?",
    body: "Its outputs are then shown whole on this computer, with their own styles, frames and controls, until somebody else changes the file. Trust it if you know who made it.",
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: "Trust" })],
  });
  if (!button.accept) return;
  withdraw("trust");
  for (const { model } of cells) model.trusted = true;
  await panel.context.save();
}

function isHeldBack({ model }: CodeCell, rendering: IRenderMimeRegistry): boolean {
  if (model.trusted) return false;
  return Array.from({ length: model.outputs.length }, (_, index) => model.outputs.get(index)).some(output =>
    losesSomething(output, rendering),
  );
}

function losesSomething({ data }: IOutputModel, rendering: IRenderMimeRegistry): boolean {
  const shown = rendering.preferredMimeType(data, "ensure");
  if (shown !== rendering.preferredMimeType(data, "any")) return true;
  if (shown !== "text/html") return false;
  const html = [data[shown]].flat().join("");
  return partsOf(html) > partsOf(rendering.sanitizer.sanitize(html));
}

/** How many elements there are, and listeners on them; nothing in a template comes to life. */
function partsOf(html: string): number {
  const template = document.createElement("template");
  template.innerHTML = html;
  const elements = [...template.content.querySelectorAll("*")];
  return elements.length + elements.flatMap(each => each.getAttributeNames()).filter(name => /^on/i.test(name)).length;
}
