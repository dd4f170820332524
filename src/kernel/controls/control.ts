import type { MimeData } from "../../notebook/types.ts";
import { Model, type State } from "./model.ts";
import { read, written } from "./reading.ts";

/** Something that the reader of a notebook moves, with a value that follows. */
export interface Control<Value> {
  /** What it stands at. Reading it inside `show` ties the picture to it; writing it moves the control. */
  value: Value;
  /** Calls back with each new value, at once. */
  onChange(listener: (value: Value) => void): void;
}

/** A control of `@jupyter-widgets/controls`, and how its state carries the value. */
export class WidgetControl<Value> implements Control<Value> {
  readonly model: Model;
  readonly #listeners = new Set<(value: Value) => void>();

  constructor(
    kind: { name: string; view: string; style?: string },
    state: State,
    readonly mapping: {
      /** The entry of the state that holds the value. */
      key: string;
      fromState: (entry: unknown) => Value;
      /** @throws RangeError for a value that the control cannot stand at */
      toState: (value: Value) => unknown;
      words: (value: Value) => string;
    },
  ) {
    // All styles share one view, which is not in the module of their models.
    const style =
      kind.style &&
      new Model(
        {
          name: kind.style,
          view: "StyleView",
          module: "@jupyter-widgets/controls",
          viewModule: "@jupyter-widgets/base",
        },
        {},
      );
    this.model = new Model(
      { name: kind.name, view: kind.view, module: "@jupyter-widgets/controls" },
      { ...state, layout: layout().reference, ...(style ? { style: style.reference } : {}) },
    );
    this.model.onChange(changes => {
      if (!(mapping.key in changes)) return;
      written(this);
      for (const listener of this.#listeners) listener(this.#now());
    });
  }

  get value(): Value {
    read(this);
    return this.#now();
  }

  set value(value: Value) {
    this.model.set({ [this.mapping.key]: this.mapping.toState(value) });
  }

  onChange(listener: (value: Value) => void): void {
    this.#listeners.add(listener);
  }

  /** As a cell's value: the control where a page has widgets, and in words where none has. */
  [Symbol.for("Jupyter.display")](): MimeData {
    const words = this.mapping.words(this.#now());
    return { ...viewOf(this.model), "text/plain": words };
  }

  #now(): Value {
    return this.mapping.fromState(this.model.state[this.mapping.key]);
  }
}

/** What shows a model; empty where no page can be reached. */
export function viewOf({ id }: Model): MimeData {
  if (id === "") return {};
  return { "application/vnd.jupyter.widget-view+json": { model_id: id, version_major: 2, version_minor: 0 } };
}

/** What every model with a view must have. */
export function layout(): Model {
  return new Model({ name: "LayoutModel", view: "LayoutView", module: "@jupyter-widgets/base" }, {});
}
