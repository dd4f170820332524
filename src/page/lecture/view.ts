import { store, stored } from "../stored.ts";

/** How a reader wants the page: kept in the browser, for all lectures. */
interface View {
  theme: "system" | "light" | "dark";
  large: boolean;
  hideCode: boolean;
}

const KEY = "lectern.view";

export const view: View = { theme: "system", large: false, hideCode: false, ...stored<Partial<View>>(KEY) };

/** Changes the view, shows it and remembers it. */
export function setView(changes: Partial<View>): void {
  Object.assign(view, changes);
  applyView();
  store(KEY, view);
}

/** Shows the view: the style sheets of both themes are there, and the media query says which one counts. */
export function applyView(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>("link[data-theme]")) {
    const name = link.dataset.theme;
    const media = view.theme === "system" ? `(prefers-color-scheme: ${name})` : view.theme === name ? "all" : "not all";
    if (link.media !== media) link.media = media;
  }
  document.body.dataset.jpThemeLight = String(!isDark());
  document.body.classList.toggle("large", view.large);
  document.body.classList.toggle("hide-code", view.hideCode);
  dispatchEvent(new Event("lectern-theme"));
}

export function isDark(): boolean {
  return view.theme === "dark" || (view.theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyView);
