import { element } from "./element.ts";

export interface NoticeAction {
  label: string;
  run: () => unknown;
}

export interface Notice {
  /** The same kind of notice takes the place of the last one. */
  kind: string;
  text: string | readonly (Node | string)[];
  actions?: readonly NoticeAction[];
  /** What stays until it is closed; others go after ten seconds. */
  stays?: boolean;
}

const shown = new Map<string, HTMLElement>();
const region = element("div", { class: "notices", role: "status", "aria-live": "polite" });

/** Tells the reader something, at the foot of the page, with what may be done about it. */
export function notify({ kind, text, actions = [], stays = false }: Notice): void {
  if (!region.isConnected) document.body.append(region);
  const close = () => withdraw(kind);
  close();
  const button = (label: string, run: () => unknown) =>
    element(
      "button",
      {
        type: "button",
        onmousedown: stay,
        onclick: () => {
          close();
          void Promise.resolve(run()).catch(notifyError);
        },
      },
      label,
    );
  const node = element(
    "div",
    { class: "notice", "data-kind": kind },
    element("div", {}, element("p", {}, ...[text].flat()), ...actions.map(({ label, run }) => button(label, run))),
    element(
      "button",
      { type: "button", class: "close", "aria-label": "Close", onmousedown: stay, onclick: close },
      "×",
    ),
  );
  shown.set(kind, node);
  region.append(node);
  if (!stays) setTimeout(() => shown.get(kind) === node && close(), 10_000);
}

/** The mouse leaves the focus where it is: the notice goes, and the next key would go nowhere. */
function stay(event: Event): void {
  event.preventDefault();
}

/** Takes a notice away whose reason is gone. */
export function withdraw(kind: string): void {
  shown.get(kind)?.remove();
  shown.delete(kind);
}

/** Whether a notice of this kind waits for the reader. */
export function isShown(kind: string): boolean {
  return shown.has(kind);
}

/** Tells what went wrong, in the words of the error. */
export function notifyError(error: unknown, { stays = false } = {}): void {
  const text = error instanceof Error ? error.message : String(error);
  notify({ kind: "error", text, stays });
}
