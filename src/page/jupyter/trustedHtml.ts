import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { leftOut } from "./scripts.ts";

/**
 * What is of a page of its own, and would act on this one: load another in its place, lead its links elsewhere, or run.
 * What stands in for scripts is read by one who runs none as something else than by a browser.
 */
const OF_A_PAGE = "meta, base, script, noscript";

/**
 * Draws what is trusted without what is of a page of its own. Jupyter takes that out of what is not trusted, and sends
 * only that through its sanitiser: here all HTML passes one, also what Markdown becomes, whichever renderer draws it.
 */
export function withinThisPage(factory: IRenderMime.IRendererFactory): IRenderMime.IRendererFactory {
  return {
    ...factory,
    createRenderer(options) {
      const { sanitizer } = options;
      let isTrusted = false;
      const within: IRenderMime.ISanitizer = Object.assign(Object.create(sanitizer), {
        sanitize: (html: string, limits?: IRenderMime.ISanitizerOptions) =>
          isTrusted && !limits ? withoutPageParts(html) : sanitizer.sanitize(html, limits),
      });
      const renderer = factory.createRenderer({ ...options, sanitizer: within });
      const draw = renderer.renderModel.bind(renderer);
      renderer.renderModel = ({ data, metadata, trusted, setData }) => {
        isTrusted = trusted;
        return draw({ data, metadata, trusted: false, setData });
      };
      return renderer;
    },
  };
}

/** HTML as it is, where nothing of it is of a page of its own; for a script that would have run there are words. */
export function withoutPageParts(html: string): string {
  // In a page that is not shown nothing is loaded, and nothing runs.
  const { body } = document.implementation.createHTMLDocument();
  body.innerHTML = html;
  const parts = [...body.querySelectorAll(OF_A_PAGE)];
  if (parts.length === 0) return html;
  for (const part of parts) part.remove();
  if (parts.some(runs) && !body.querySelector(`.${leftOut().className}`)) body.append(leftOut());
  // Written anew, HTML may be read as another.
  return withoutPageParts(body.innerHTML);
}

/** Other scripts are data. */
function runs(part: Element): boolean {
  if (!/^script$/i.test(part.localName)) return false;
  const type = part.getAttribute("type") ?? "";
  return type === "" || type === "module" || /javascript|ecmascript/i.test(type);
}
