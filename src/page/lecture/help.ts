import { element } from "../element.ts";
import { type Command, keysInWords } from "./commands.ts";

/** The sheet of keys, from the table of commands. */
export function showHelp(commands: readonly Command[]): void {
  document.querySelector("dialog.help")?.remove();
  const groups = Map.groupBy(
    commands.filter(({ keys }) => keys.length > 0),
    command => command.group,
  );
  const sections = Array.from(groups, ([name, members]) => {
    const byLabel = Map.groupBy(members, ({ label }) => label);
    return element(
      "section",
      {},
      element("h3", {}, name),
      element(
        "dl",
        {},
        ...Array.from(byLabel, ([label, same]) =>
          element(
            "div",
            {},
            element("dt", {}, ...same.map(({ keys }) => element("kbd", {}, keysInWords(keys)))),
            element("dd", {}, label),
          ),
        ),
      ),
    );
  });
  const dialog = element(
    "dialog",
    { class: "help", "aria-labelledby": "help-title", tabindex: "-1" },
    element("h2", { id: "help-title" }, "Keys"),
    element("p", {}, "Enter writes in a cell, Escape leaves it. Single letters count outside of a cell."),
    element("div", { class: "groups" }, ...sections),
    element("form", { method: "dialog" }, element("button", { class: "primary" }, "Close")),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  // The focus begins at the head, and arrow keys scroll from there: the browser takes the first button, at the foot.
  dialog.focus();
  dialog.scrollTop = 0;
}
