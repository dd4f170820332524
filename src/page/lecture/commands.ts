import { CommandRegistry } from "@lumino/commands";

/** Something that a reader can do, with its keys; menus, buttons and the help sheet show the same table. */
export interface Command {
  id: string;
  label: string;
  group: "Step" | "Kernel" | "Edit" | "Cells" | "View";
  keys: readonly string[];
  where: keyof typeof SELECTORS;
  run: () => unknown;
}

/** Where keys count: everywhere, in the notebook, in a cell that is written, or outside of one, as Jupyter has it. */
const SELECTORS = {
  anywhere: "body",
  notebook: ".jp-Notebook",
  command: ".jp-Notebook.jp-mod-commandMode :focus:not(:read-write):not(button):not(a):not(select)",
  edit: ".jp-Notebook.jp-mod-editMode",
  completable: ".jp-Notebook.jp-mod-editMode .jp-mod-completer-enabled",
  completing: ".jp-mod-completer-active",
} as const;

/** Commands of one group whose keys count in one place. */
export function group(name: Command["group"], where: Command["where"]) {
  return (id: string, label: string, keys: readonly string[], run: () => unknown): Command => ({
    id,
    label,
    group: name,
    keys,
    where,
    run,
  });
}

/** Binds the keys of commands; what one of them throws is told to the reader. */
export function bindKeys(commands: readonly Command[], tell: (error: unknown) => void): void {
  const registry = new CommandRegistry();
  const characters = new Map<string, { id: string; selector: string }>();
  for (const { id, label, keys, where, run } of commands) {
    registry.addCommand(id, { label, execute: async () => Promise.resolve(run()).catch(tell) });
    const [character = ""] = keys;
    if (isCharacter(keys)) characters.set(character, { id, selector: SELECTORS[where] });
    else if (keys.length > 0) registry.addKeyBinding({ selector: SELECTORS[where], keys: [...keys], command: id });
  }
  const onKey = (event: KeyboardEvent) => {
    const meant = event.ctrlKey || event.metaKey ? undefined : characters.get(event.key);
    if (!meant || !(event.target as Element).closest(meant.selector)) return registry.processKeydownEvent(event);
    event.preventDefault();
    event.stopPropagation();
    void registry.execute(meant.id);
  };
  document.addEventListener("keydown", onKey, true);
}

/** A sign that each keyboard has in another place, with Shift or without: what is typed counts, and not the key. */
function isCharacter([first = "", ...others]: readonly string[]): boolean {
  return others.length === 0 && /^[^\p{L}\d\s]$/u.test(first);
}

/** Keys as people write them: `Shift+Enter`, `D, D`. */
export function keysInWords(keys: readonly string[]): string {
  const signs: Record<string, string> = { Accel: isMac ? "⌘" : "Ctrl", ArrowDown: "↓", ArrowUp: "↑" };
  const inWords = (chord: string) => chord.split(" ").map(key => signs[key] ?? key);
  return keys.map(chord => inWords(chord).join("+")).join(", ");
}

const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");
