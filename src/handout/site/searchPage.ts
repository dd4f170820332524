import type { SearchIndex } from "./searchIndex.ts";

/**
 * The program of the search: in the page of a site it looks for the cells that have all of the words, as they read and
 * without case and accents; first those whose heading has them. It is put into the page as its own text, so it may
 * use nothing from around it. What is found is put in as text, never as HTML.
 */
export function searchPage(): void {
  const find = <Type extends HTMLElement>(id: string) => document.getElementById(id) as Type;
  const section = find("search");
  const field = find<HTMLInputElement>("search-field");
  const told = find("search-told");
  const list = find("search-found");
  const index = JSON.parse(find("search-index").textContent ?? "") as SearchIndex;
  const most = 60;
  const around = 90;

  const fold = (text: string) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const letters = Object.entries(index.letters);
  const cells = index.cells.map(([page, cell, heading, text]) => {
    const folded = fold(text);
    const names = letters.filter(([, letter]) => folded.includes(letter)).map(([name]) => name);
    return { page, cell, heading, text, named: fold(heading), searched: `${folded} ${names.join(" ")}` };
  });

  function excerpt(text: string, word: string): string {
    const at = Math.max(0, text.toLowerCase().indexOf(word));
    const from = at < around ? 0 : text.indexOf(" ", at - around) + 1;
    const end = at + word.length + around;
    const to = end >= text.length ? text.length : Math.max(at + word.length, text.lastIndexOf(" ", end));
    return `${from > 0 ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
  }

  function item({ page, cell, heading, text }: (typeof cells)[number], word: string): HTMLElement {
    const { title = "", file = "" } = index.pages[page] ?? {};
    const li = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${encodeURI(file)}#${encodeURIComponent(`cell-id=${cell}`)}`;
    link.textContent = heading === title ? title : `${title}: ${heading}`;
    const words = document.createElement("p");
    words.textContent = excerpt(text, word);
    li.append(link, words);
    return li;
  }

  function search(): void {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    const found = words.length ? cells.filter(({ searched }) => words.every(word => searched.includes(word))) : [];
    const inHeading = (cell: (typeof cells)[number]) => (words.every(word => cell.named.includes(word)) ? 0 : 1);
    found.sort((a, b) => inHeading(a) - inHeading(b));
    list.replaceChildren(...found.slice(0, most).map(cell => item(cell, words[0] ?? "")));
    const more = found.length > most ? `, of which the first ${most} are below` : "";
    told.textContent = words.length
      ? found.length
        ? `${found.length} ${found.length === 1 ? "place" : "places"}${more}`
        : "Nothing has all of these words."
      : "";
    history.replaceState(null, "", words.length ? `#search=${encodeURIComponent(field.value)}` : "#search");
  }

  function fromAddress(): void {
    const [, query] = /^#search=(.*)$/.exec(location.hash) ?? [];
    if (query !== undefined) field.value = decodeURIComponent(query);
    if (location.hash.startsWith("#search")) field.focus();
    if (field.value) search();
  }

  section.hidden = false;
  field.addEventListener("input", search);
  addEventListener("hashchange", fromAddress);
  fromAddress();
}
