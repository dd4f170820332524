import type { EditorLanguageRegistry } from "@jupyterlab/codemirror";
import { createMarkdownParser } from "@jupyterlab/markedparser-extension";
import { MathJaxTypesetter } from "@jupyterlab/mathjax-extension";
import { RenderMimeRegistry, standardRendererFactories } from "@jupyterlab/rendermime";
import { claimFactory } from "./claims.ts";
import { drawingFactory } from "./drawings.ts";
import { longTextFactories } from "./longText.ts";
import { figureFactory } from "./plotly.ts";
import { progressFactory } from "./progress.ts";
import { verdictFactory } from "./verdicts.ts";

/** What draws outputs and prose: Jupyter's renderers, MathJax, and the house's figures, drawings, claims, verdicts and progress. */
export function createRendering(languages: EditorLanguageRegistry): RenderMimeRegistry {
  const rendering = new RenderMimeRegistry({
    initialFactories: standardRendererFactories,
    latexTypesetter: new MathJaxTypesetter(),
    markdownParser: createMarkdownParser(languages),
  });
  for (const factory of [
    ...longTextFactories,
    figureFactory,
    drawingFactory,
    claimFactory,
    verdictFactory,
    progressFactory,
  ])
    rendering.addFactory(factory);
  return rendering;
}
