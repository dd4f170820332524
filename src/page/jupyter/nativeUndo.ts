/** What undoes in the cell that is written, as its editor knows it. */
export interface CellHistory {
  undo(): void;
  redo(): void;
}

/**
 * Keeps the browser's own undo out of cells.
 *
 * A browser has one history for all text of the page, and takes back in it whatever was written last, wherever the
 * focus is; it knows nothing of what an editor made of that, so a cell would be garbled. In a cell its editor undoes;
 * in a field only what was written there since one is in it; elsewhere nothing, which is told.
 */
export function guardNativeUndo(cell: () => CellHistory | null | undefined, tell: () => void): void {
  /** What a field held when the focus came, and how often it was undone since. */
  const fields = new WeakMap<Element, { value: string; undone: number }>();
  document.addEventListener("focusin", ({ target }) => {
    if (isField(target)) fields.set(target, { value: target.value, undone: 0 });
  });
  document.addEventListener(
    "beforeinput",
    event => {
      const { inputType } = event;
      // What is dragged out of a cell is copied: the browser would note the removal in its history.
      if (inputType === "deleteByDrag" && editorOf(event.target)) return event.preventDefault();
      if (inputType !== "historyUndo" && inputType !== "historyRedo") return;
      const { activeElement } = document;
      const field = isField(activeElement) ? fields.get(activeElement) : undefined;
      if (field && (inputType === "historyUndo" ? field.value !== (activeElement as Field).value : field.undone > 0)) {
        field.undone += inputType === "historyUndo" ? 1 : -1;
        return;
      }
      event.preventDefault();
      if (!editorOf(activeElement)) {
        if (!field) tell();
      } else if (inputType === "historyUndo") cell()?.undo();
      else cell()?.redo();
    },
    true,
  );
}

type Field = HTMLInputElement | HTMLTextAreaElement;

function isField(target: EventTarget | null): target is Field {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

function editorOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest(".jp-Cell .cm-content") : null;
}
