import type { Finding } from "../../notebook/courseModels.ts";
import { element } from "../element.ts";
import { linkTo } from "./list.ts";
import type { CourseService } from "./service.ts";

/** A field that searches all lectures while one types; `elsewhere` is hidden as long as there are results. */
export function searchField(
  service: CourseService,
  elsewhere: HTMLElement,
): { field: HTMLElement; results: HTMLElement } {
  const results = element("section", { class: "found", "aria-live": "polite", hidden: true });
  const input = element("input", {
    type: "search",
    placeholder: "Search all lectures",
    "aria-label": "Search all lectures",
    autocomplete: "off",
  });
  let turn = 0;
  const search = async () => {
    const now = ++turn;
    const words = input.value.trim();
    await new Promise(resolve => setTimeout(resolve, 150));
    if (now !== turn) return;
    const found = words.length < 2 ? undefined : await service.search(words);
    if (now !== turn) return;
    results.hidden = !found;
    elsewhere.hidden = Boolean(found);
    if (found) results.replaceChildren(...listed(found, words));
  };
  input.addEventListener("input", () => void search().catch(error => results.replaceChildren(String(error))));
  return { field: element("search", {}, input), results };
}

function listed(found: readonly Finding[], words: string): HTMLElement[] {
  if (found.length === 0) return [element("p", {}, `Nothing in the lectures has “${words}”.`)];
  const lectures = Map.groupBy(found, each => each.title);
  return Array.from(lectures, ([title, places]) =>
    element(
      "section",
      {},
      element("h2", {}, title),
      element(
        "ul",
        {},
        ...places.map(place =>
          element(
            "li",
            {},
            element(
              "a",
              { href: linkTo(place.path, place.cell) },
              element("strong", {}, place.heading),
              " ",
              ...marked(place.excerpt, words),
            ),
          ),
        ),
      ),
    ),
  );
}

/** The excerpt with what was searched for marked. */
function marked(excerpt: string, words: string): (HTMLElement | string)[] {
  const parts = words.split(/\s+/).map(word => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return excerpt
    .split(new RegExp(`(${parts.join("|")})`, "i"))
    .map((part, index) => (index % 2 ? element("mark", {}, part) : part));
}
