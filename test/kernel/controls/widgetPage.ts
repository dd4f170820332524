/** A page that remembers what it is told, and answers as one: the widget protocol seen from the other side. */
export class WidgetPage {
  // biome-ignore lint/suspicious/noExplicitAny: what a comm carries is what the tests say
  readonly opened = new Map<string, { target: string; data: any; sent: any[]; comm: any }>();
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly targets = new Map<string, (comm: any, data: unknown) => void>();
  readonly shown: [text: string, id: string | undefined][] = [];

  open = (target: string, data: unknown) => {
    const id = `comm-${this.opened.size}`;
    const sent: unknown[] = [];
    const comm = { id, send: (each: unknown) => sent.push(each), close() {}, onMessage: undefined, onClose: undefined };
    this.opened.set(id, { target, data, sent, comm });
    return comm;
  };

  // biome-ignore lint/suspicious/noExplicitAny: as above
  register = (target: string, opened: (comm: any, data: unknown) => void) => this.targets.set(target, opened);

  /** The model of that name that was opened last. */
  model(name: string) {
    const found = [...this.opened.values()].findLast(({ data }) => data.state._model_name === name);
    if (!found) throw new Error(`no model ${name}`);
    return {
      ...found,
      state: found.data.state,
      move: (state: object) => found.comm.onMessage({ method: "update", state }),
    };
  }

  /** Opens a comm to a target of the kernel's, and keeps its answers. */
  asker(target: string, opening: unknown) {
    const answers: unknown[] = [];
    let closed = false;
    const close = () => {
      closed = true;
    };
    // biome-ignore lint/suspicious/noExplicitAny: what a comm carries is what the tests say
    const comm: any = { send: (each: unknown) => answers.push(each), close };
    this.targets.get(target)?.(comm, opening);
    return { answers, closed: () => closed, send: (data: unknown) => comm.onMessage(JSON.parse(JSON.stringify(data))) };
  }
}
