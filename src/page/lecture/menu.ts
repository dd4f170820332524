import { element } from "../element.ts";

export interface MenuItem {
  label: string;
  /** The keys that do the same, as people write them. */
  keys?: string;
  run: () => void;
  /** For what is on or off. */
  checked?: () => boolean;
}

/** A button that opens a list of things to do; `chosen` is called before what was chosen is done. */
export function menuButton(
  label: string,
  text: string,
  items: readonly MenuItem[],
  chosen: () => void = () => undefined,
): HTMLElement {
  const id = `menu-${label.replace(/\W+/g, "-").toLowerCase()}`;
  const list = menuList(label, items, chosen);
  list.id = id;
  const button = element(
    "button",
    {
      type: "button",
      class: "quiet",
      popovertarget: id,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      title: label,
      "aria-label": label,
      // The mouse leaves the focus where it is, and the list gives it back there.
      onmousedown: (event: Event) => event.preventDefault(),
    },
    element("span", { "aria-hidden": true }, text),
  );
  list.addEventListener("toggle", event => {
    const open = (event as ToggleEvent).newState === "open";
    button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    const { bottom, right } = button.getBoundingClientRect();
    place(list, { left: right - list.offsetWidth, top: bottom + 6 });
  });
  return element("span", { class: "menu-holder" }, button, list);
}

/** Lets the reader choose at a place of the page; `leave` is called where they choose nothing. */
export function choose(
  label: string,
  { left, bottom }: { left: number; bottom: number },
  items: readonly MenuItem[],
  leave: () => void,
): void {
  let isChosen = false;
  const list = menuList(label, items, () => {
    isChosen = true;
  });
  list.addEventListener("toggle", event => {
    if ((event as ToggleEvent).newState === "open") return;
    list.remove();
    if (!isChosen) leave();
  });
  document.body.append(list);
  list.showPopover();
  place(list, { left, top: bottom + 4 });
}

/** Puts a list at a place, and wholly into the window where that is too near its edge. */
function place(list: HTMLElement, { left, top }: { left: number; top: number }): void {
  const within = (at: number, size: number, room: number) => Math.max(8, Math.min(at, room - size - 8));
  list.style.left = `${within(left, list.offsetWidth, innerWidth)}px`;
  list.style.top = `${within(top, list.offsetHeight, innerHeight)}px`;
}

/** A list of things to do. Arrow keys move in it, Escape closes it. */
function menuList(label: string, items: readonly MenuItem[], chosen: () => void): HTMLElement {
  const list = element("div", { popover: "auto", role: "menu", class: "menu", "aria-label": label });
  for (const { label: name, keys, run, checked } of items) {
    const item = element(
      "button",
      {
        type: "button",
        role: checked ? "menuitemcheckbox" : "menuitem",
        tabindex: -1,
        onclick: () => {
          chosen();
          list.hidePopover();
          run();
        },
      },
      element("span", {}, name),
      keys ? element("kbd", {}, keys) : undefined,
    );
    if (checked) list.addEventListener("beforetoggle", () => item.setAttribute("aria-checked", String(checked())));
    list.append(item);
  }
  list.addEventListener("toggle", event => {
    if ((event as ToggleEvent).newState === "open") list.querySelector("button")?.focus();
  });
  list.addEventListener("keydown", event => move(event, list));
  return list;
}

function move(event: KeyboardEvent, list: HTMLElement): void {
  const items = [...list.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement as HTMLButtonElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items[(to + items.length) % items.length]?.focus();
}
