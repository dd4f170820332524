/** Puts each table into a box of its own, which scrolls where the table is wider than the page, by keys too. */
export function boxTables(fragment: DocumentFragment): void {
  for (const table of fragment.querySelectorAll("table")) {
    if (table.parentElement?.closest("table")) continue;
    const box = table.ownerDocument.createElement("div");
    box.className = "table";
    box.setAttribute("tabindex", "0");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Table");
    table.replaceWith(box);
    box.append(table);
  }
}
