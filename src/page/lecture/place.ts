import type { Lecture } from "./lecture.ts";

/** Goes to the cell that the address names, as a result of a search does: `#cell=…`. */
export async function goToPlace(lecture: Lecture): Promise<void> {
  const id = new URLSearchParams(location.hash.slice(1)).get("cell");
  if (!id) return;
  await lecture.panel.context.ready;
  await lecture.panel.revealed;
  const index = lecture.cells.findIndex(({ model }) => model.id === id);
  if (index < 0) return;
  lecture.notebook.activeCellIndex = index;
  // Cells above are drawn while the page settles.
  for (const delay of [0, 400, 1200]) {
    await new Promise(resolve => setTimeout(resolve, delay));
    lecture.show(index, "start");
  }
}
