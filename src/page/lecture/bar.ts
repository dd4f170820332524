import { element } from "../element.ts";
import { type Command, keysInWords } from "./commands.ts";
import { notifyError } from "../notices.ts";
import type { Lecture } from "./lecture.ts";
import { menuButton, type MenuItem } from "./menu.ts";
import type { Status } from "./status.ts";

/** The bar over a lecture: home, its name, the steps, how the kernel does, and the menus. */
export function createBar(
  lecture: Lecture,
  status: Status,
  commands: readonly Command[],
  menus: { label: string; text: string; items: readonly (MenuItem | Command)[] }[],
): HTMLElement {
  const of = (id: string) => commands.find(command => command.id === id);
  const button = (id: string, text: string, kind = "quiet") => {
    const command = of(id);
    if (!command) throw new Error(`bar: a button needs a command, but got ${id}; add it to the table.`);
    const keys = command.keys.length > 0 ? ` (${keysInWords(command.keys)})` : "";
    // Where the button takes the focus, the next key would not reach the notebook.
    const stay = (event: Event) => event.preventDefault();
    return element(
      "button",
      {
        type: "button",
        class: kind,
        id: `do-${id}`,
        title: command.label + keys,
        onmousedown: stay,
        onclick: () => told(command),
      },
      ...words(text),
    );
  };
  const toggle = element(
    "button",
    {
      type: "button",
      class: "quiet contents-toggle",
      "aria-label": "Contents",
      title: "Contents",
      onclick: () => document.body.classList.toggle(innerWidth < 1100 ? "contents-open" : "contents-shut"),
    },
    "☰",
  );
  return element(
    "header",
    { class: "bar" },
    toggle,
    element("a", { class: "home", href: "/", title: "The course" }, "lectern"),
    element("span", { class: "name" }, nameOf(lecture.path)),
    element(
      "div",
      { class: "steps", role: "toolbar", "aria-label": "Steps" },
      button("step", "▶ Step", "primary"),
      button("run-to-here", "⇥ To here"),
      button("back", "↶ Back"),
      button("run-stale", "⟳ Stale"),
      button("interrupt", "■ Stop"),
    ),
    status.node,
    ...menus.map(({ label, text, items }) =>
      // The next key is meant for the notebook.
      menuButton(label, text, items.map(asItem), () => lecture.notebook.activate()),
    ),
  );
}

function words(text: string): (HTMLElement | string)[] {
  const [sign = "", ...rest] = text.split(" ");
  return [element("span", { "aria-hidden": true }, sign), element("span", { class: "word" }, ` ${rest.join(" ")}`)];
}

function asItem(item: MenuItem | Command): MenuItem {
  if (!("id" in item)) return item;
  const { label, keys, run } = item;
  return { label, run: () => told({ run }), ...(keys.length > 0 ? { keys: keysInWords(keys) } : {}) };
}

/** The name of a notebook as people say it. */
export function nameOf(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/\.ipynb$/, "");
}

/** What a command throws is told to the reader, as where keys ask for it. */
function told({ run }: Pick<Command, "run">): void {
  void (async () => run())().catch(notifyError);
}
