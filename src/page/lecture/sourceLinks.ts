import { notifyError } from "../notices.ts";
import type { Lecture } from "./lecture.ts";
import type { Sources } from "./source.ts";

/** A link in the text to a file of the library opens it beside the lecture; with a key held, as the browser does. */
export function followSources(lecture: Lecture, sources: Sources): void {
  lecture.notebook.node.addEventListener("click", event => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(".jp-RenderedMarkdown a[href]");
    const file = link && FILE.exec(decodeURIComponent(link.pathname))?.[1];
    if (!file || link.origin !== location.origin) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void sources.openFile(file).catch(notifyError);
  });
}

const FILE = /\/files\/(src\/.*\.(?:ts|md))$/;
