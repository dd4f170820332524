import type { EditorLanguageRegistry } from "@jupyterlab/codemirror";
import { createMarkdownParser } from "@jupyterlab/markedparser-extension";
import { RenderMimeRegistry, standardRendererFactories } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { claimFactory } from "./claims.ts";
import type { EquationTypesetter } from "./equations.ts";
import { drawingFactory } from "./drawings.ts";
import { errorFactory } from "./errors.ts";
import { drawnWhenWanted } from "./heavyHtml.ts";
import { longTextFactories } from "./longText.ts";
import { markdownFactory } from "./markdown.ts";
import { figureFactory } from "./plotly.ts";
import { progressFactory } from "./progress.ts";
import { scriptFactory } from "./scripts.ts";
import { withinThisPage } from "./trustedHtml.ts";
import { verdictFactory } from "./verdicts.ts";

/** What draws outputs and prose: Jupyter's renderers, MathJax, and the house's figures, drawings, claims, verdicts and progress. */
export function createRendering(
  languages: EditorLanguageRegistry,
  latexTypesetter: EquationTypesetter,
): RenderMimeRegistry {
  const rendering = new RenderMimeRegistry({
    initialFactories: standardRendererFactories.map(drawn),
    latexTypesetter,
    markdownParser: createMarkdownParser(languages),
  });
  for (const factory of [
    ...longTextFactories,
    scriptFactory,
    errorFactory,
    markdownFactory,
    figureFactory,
    drawingFactory,
    claimFactory,
    verdictFactory,
    progressFactory,
  ])
    rendering.addFactory(drawn(factory));
  return rendering;
}

/** What may write HTML does so within this page, and where it is very much when the reader wants it. */
function drawn(factory: IRenderMime.IRendererFactory): IRenderMime.IRendererFactory {
  const isHtml = factory.mimeTypes.some(type => type === "text/html" || type === "text/markdown");
  return isHtml ? drawnWhenWanted(withinThisPage(factory)) : withinThisPage(factory);
}
