import { setView, view } from "./view.ts";

/** The colours to choose from, as entries of a menu. */
export function themes() {
  const names = { system: "Colours of the system", light: "Light", dark: "Dark" } as const;
  return (Object.keys(names) as (keyof typeof names)[]).map(theme => ({
    label: names[theme],
    run: () => setView({ theme }),
    checked: () => view.theme === theme,
  }));
}
