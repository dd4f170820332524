import type { Finding } from "../../notebook/courseModels.ts";
import { element } from "../element.ts";
import { linkTo } from "./list.ts";
import type { CourseService } from "./service.ts";

/** A field that searches all lectures while one types; `elsewhere` is hidden as long as there are results. */
export function searchField(
  service: CourseService,
  elsewhere: HTMLElement,
): { field: HTMLElement; results: HTMLElement } {
  const results = element("section", { class: "found", "aria-label": "Places found", hidden: true });
  const count = element("p", { role: "status", class: "count" });
  const input = element("input", {
    type: "search",
    placeholder: "Search all lectures",
    "aria-label": "Search all lectures",
    "aria-keyshortcuts": "ArrowDown Enter",
    autocomplete: "off",
  });
  let turn = 0;
  let isShown = Promise.resolve();
  const search = async () => {
    const now = ++turn;
    const words = input.value.trim();
    await new Promise(resolve => setTimeout(resolve, 150));
    if (now !== turn) return;
    const found = words.length < 2 ? undefined : await service.search(words);
    if (now !== turn) return;
    results.hidden = !found;
    elsewhere.hidden = Boolean(found);
    count.textContent = found ? countWords(found, words) : "";
    if (found) results.replaceChildren(...listed(found, words));
  };
  input.addEventListener("input", () => {
    isShown = search().catch(error => {
      results.hidden = false;
      results.replaceChildren(error instanceof Error ? error.message : String(error));
    });
  });
  const links = () => [...results.querySelectorAll<HTMLAnchorElement>("a")];
  input.addEventListener("keydown", async event => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    // Who types fast means what they typed, and not what was found before.
    await isShown;
    const [first] = results.hidden ? [] : links();
    if (event.key === "Enter") first?.click();
    else first?.focus();
  });
  results.addEventListener("keydown", event => moveAmong(event, links(), input));
  return { field: element("search", {}, input, count), results };
}

/** Arrow keys go from place to place, and from the first one back to the field, as Escape does. */
function moveAmong(event: KeyboardEvent, links: readonly HTMLElement[], field: HTMLElement): void {
  const at = links.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1, Escape: -1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  (to < 0 ? field : links[Math.min(to, links.length - 1)])?.focus();
}

function countWords(found: readonly Finding[], words: string): string {
  if (found.length === 0) return `Nothing in the lectures has “${words}”.`;
  const lectures = new Set(found.map(({ path }) => path)).size;
  return `${found.length} ${found.length === 1 ? "place" : "places"} in ${lectures} ${lectures === 1 ? "lecture" : "lectures"}`;
}

function listed(found: readonly Finding[], words: string): HTMLElement[] {
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
              { href: linkTo(place.path, place.cell), class: place.kind },
              element("strong", {}, place.heading),
              " ",
              element(place.kind === "code" ? "code" : "span", {}, ...marked(place.excerpt, words)),
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
