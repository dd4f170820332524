import type { Cell } from "@jupyterlab/cells";
import type { Notebook } from "@jupyterlab/notebook";

/** From so many cells on, only those near the view are drawn: the last of them would come after minutes. */
const MANY = 300;

/** How long cells are drawn in one frame, in milliseconds. */
const SLICE = 24;

/** What Jupyter's notebook does with cells that are not drawn yet. */
interface DeferringNotebook {
  viewModel: { estimateWidgetSize(index: number): number };
  _runOnIdleTime(milliseconds?: number): Promise<void>;
  _updateForDeferMode(cell: Cell, index: number): Promise<void>;
}

/**
 * Draws the cells of a large notebook as they come near the view; those of a small one all, as Jupyter does.
 *
 * Every cell has its place in the page from the start, of about the height that it will have, so that what is put
 * into or beside a cell, and what scrolls to one, need not know whether it is drawn.
 */
export class NearView {
  readonly #near = new Set<Cell>();
  readonly #cells = new WeakMap<Element, Cell>();
  readonly #observer: IntersectionObserver;
  readonly #inner: DeferringNotebook;
  #frame: number | undefined;

  constructor(readonly notebook: Notebook) {
    const { outerNode } = notebook as unknown as { outerNode: HTMLElement };
    this.#inner = notebook as unknown as DeferringNotebook;
    this.#observer = new IntersectionObserver(entries => this.#moved(entries), {
      root: outerNode,
      rootMargin: "100% 0px",
    });
    const all = this.#inner._runOnIdleTime.bind(notebook);
    this.#inner._runOnIdleTime = async milliseconds => (this.isLarge ? this.#lay() : all(milliseconds));
    notebook.activeCellChanged.connect((_, cell) => {
      if (cell && this.isLarge) this.#draw(cell);
    });
  }

  get isLarge(): boolean {
    return this.notebook.widgets.length >= MANY;
  }

  /** Whether there are cells that are not drawn yet. */
  get isWaiting(): boolean {
    return this.#undrawn.length > 0;
  }

  /** Draws what is not drawn yet, as for a print; the page stays usable meanwhile. */
  async drawAll(): Promise<void> {
    for (let cells = this.#undrawn; cells.length > 0; cells = this.#undrawn) {
      this.#drawSome(cells);
      await new Promise(requestAnimationFrame);
    }
    await Promise.all(this.notebook.widgets.map(({ ready }) => ready));
  }

  get #undrawn(): Cell[] {
    return this.notebook.widgets.filter(cell => cell.isPlaceholder());
  }

  /** Gives every cell its place. */
  #lay(): void {
    const { widgets, viewportNode } = this.notebook;
    const nodes = new Set<Element>(widgets.map(({ node }) => node));
    for (const child of [...viewportNode.children]) if (!nodes.has(child)) child.remove();
    let next = viewportNode.firstElementChild;
    for (const [index, cell] of widgets.entries()) {
      const { node } = cell;
      node.dataset.windowedListIndex = String(index);
      if (node === next) next = next.nextElementSibling;
      else viewportNode.insertBefore(node, next);
      if (this.#cells.has(node)) continue;
      this.#cells.set(node, cell);
      if (cell.isPlaceholder()) node.style.minHeight = `${this.#inner.viewModel.estimateWidgetSize(index)}px`;
      this.#observer.observe(node);
    }
  }

  #moved(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const cell = this.#cells.get(target);
      if (!cell) continue;
      if (isIntersecting && !cell.isDisposed) this.#near.add(cell);
      else this.#near.delete(cell);
    }
    this.#schedule();
  }

  #schedule(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      const waiting = [...this.#near].filter(cell => !cell.isDisposed && cell.isPlaceholder());
      if (waiting.length === 0) return;
      const { top, height } = this.notebook.node.getBoundingClientRect();
      const distance = new Map(
        waiting.map(cell => [cell, Math.abs(cell.node.getBoundingClientRect().top - top - height / 2)]),
      );
      this.#drawSome(waiting.sort((a, b) => (distance.get(a) ?? 0) - (distance.get(b) ?? 0)));
      this.#schedule();
    });
  }

  #drawSome(cells: readonly Cell[]): void {
    const end = performance.now() + SLICE;
    for (const cell of cells) {
      this.#draw(cell);
      if (performance.now() > end) return;
    }
  }

  #draw(cell: Cell): void {
    const index = this.notebook.widgets.indexOf(cell);
    if (index < 0 || !cell.isPlaceholder()) return;
    if (cell.node.parentElement === null) this.#lay();
    cell.node.style.minHeight = "";
    void this.#inner._updateForDeferMode(cell, index);
  }
}
