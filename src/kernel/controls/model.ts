import type { Comm, Comms } from "../protocol/commHooks.ts";

/** What a widget's two sides share, by name. */
export type State = Record<string, unknown>;

/**
 * One model of the Jupyter widget messaging protocol, version 2.1: a state that the page and the kernel keep in step.
 *
 * Where no page can be reached, as when a notebook runs without one, the state stays what it is.
 */
export class Model {
  readonly #comm: Comm | undefined;
  readonly #changed = new Set<(changes: State) => void>();
  readonly #custom = new Set<(content: unknown) => void>();
  #state: State;

  constructor(
    /** `FloatSliderModel` of `@jupyter-widgets/controls`, and the like. */
    readonly kind: { name: string; view?: string; module: keyof typeof versions; viewModule?: keyof typeof versions },
    state: State,
  ) {
    const { name, view, module, viewModule = module } = kind;
    this.#state = {
      _model_module: module,
      _model_module_version: versions[module],
      _model_name: name,
      _view_module: viewModule,
      _view_module_version: versions[viewModule],
      _view_name: view ?? null,
      ...state,
    };
    this.#comm = page()?.open("jupyter.widget", { state: this.#state, buffer_paths: [] }, { metadata: protocol });
    if (!this.#comm) return;
    open.set(this.#comm.id, this);
    answerControl();
    this.#comm.onMessage = data => this.#receive(data as Message);
    this.#comm.onClose = () => void open.delete(this.#comm?.id ?? "");
  }

  /** How a model refers to this one, as a child or a style of it. */
  get reference(): string {
    return `IPY_MODEL_${this.id}`;
  }

  get id(): string {
    return this.#comm?.id ?? "";
  }

  get state(): Readonly<State> {
    return this.#state;
  }

  /** Changes the state here and in the page; listeners hear of it. */
  set(changes: State): void {
    this.#comm?.send({ method: "update", state: changes, buffer_paths: [] });
    this.#change(changes);
  }

  onChange(listener: (changes: State) => void): void {
    this.#changed.add(listener);
  }

  /** For what is no state, such as the click of a button. */
  onCustom(listener: (content: unknown) => void): void {
    this.#custom.add(listener);
  }

  #receive({ method, state = {}, content }: Message): void {
    if (method === "update") this.#change(state);
    else if (method === "request_state") this.#comm?.send({ method: "update", state: this.#state, buffer_paths: [] });
    else if (method === "custom") for (const listener of this.#custom) listener(content);
  }

  #change(changes: State): void {
    this.#state = { ...this.#state, ...changes };
    for (const listener of this.#changed) listener(changes);
  }
}

interface Message {
  method: string;
  state?: State;
  content?: unknown;
}

const versions = {
  "@jupyter-widgets/base": "2.0.0",
  "@jupyter-widgets/controls": "2.0.0",
} as const;

const protocol = { version: "2.1.0" };

/** Models whose page side may be asked for again, by the ids of their comms. */
const open = new Map<string, Model>();

/** The way to the page; undefined where there is none, as when a notebook runs without one. */
export function page(): Comms | undefined {
  return (globalThis as Record<symbol, unknown>)[Symbol.for("lectern.comms")] as Comms | undefined;
}

const answered = new WeakSet<Comms>();

/** A page that was opened again asks for all models at once. */
function answerControl(): void {
  const comms = page();
  if (!comms || answered.has(comms)) return;
  answered.add(comms);
  comms.register("jupyter.widget.control", comm => {
    comm.onMessage = data => {
      if ((data as Message).method !== "request_states") return;
      const states = [...open].map(([id, model]) => [
        id,
        {
          model_name: model.state._model_name,
          model_module: model.state._model_module,
          model_module_version: model.state._model_module_version,
          state: model.state,
        },
      ]);
      comm.send({ method: "update_states", states: Object.fromEntries(states), buffer_paths: [] });
    };
  });
}
