/**
 * Turns quotations that begin with `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`, as GitHub writes
 * what a reader should notice, into notes with a title.
 */
export function markAdmonitions(fragment: DocumentFragment): void {
  for (const quotation of fragment.querySelectorAll("blockquote")) {
    const first = quotation.querySelector(":scope > p:first-child")?.firstChild;
    const [mark = "", kind = ""] = MARK.exec(first?.nodeValue ?? "") ?? [];
    if (!first || !kind) continue;
    first.nodeValue = (first.nodeValue ?? "").slice(mark.length);
    const document = quotation.ownerDocument;
    const note = document.createElement("div");
    note.className = `admonition ${kind.toLowerCase()}`;
    note.setAttribute("role", "note");
    const title = document.createElement("p");
    title.className = "admonition-title";
    title.textContent = `${kind.charAt(0)}${kind.slice(1).toLowerCase()}`;
    note.append(title, ...quotation.childNodes);
    quotation.replaceWith(note);
  }
}

const MARK = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)/;
