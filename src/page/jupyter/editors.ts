import {
  CodeMirrorEditorFactory,
  CodeMirrorMimeTypeService,
  EditorExtensionRegistry,
  EditorLanguageRegistry,
  EditorThemeRegistry,
  ybinding,
} from "@jupyterlab/codemirror";
import type { Extension } from "@codemirror/state";

/** The editors of cells: CodeMirror as Jupyter sets it up, with the languages it knows. */
export interface Editors {
  languages: EditorLanguageRegistry;
  mimeTypes: CodeMirrorMimeTypeService;
  factory: CodeMirrorEditorFactory;
}

/** The editors, with an extension of the page's own in each. */
export function createEditors(extension: Extension): Editors {
  const languages = new EditorLanguageRegistry();
  for (const language of EditorLanguageRegistry.getDefaultLanguages()) languages.addLanguage(language);
  languages.addLanguage({
    name: "ipythongfm",
    mime: "text/x-ipythongfm",
    load: async () => {
      const { markdown } = await import("@codemirror/lang-markdown");
      return markdown({ codeLanguages: info => languages.findBest(info) as never });
    },
  });
  const themes = new EditorThemeRegistry();
  for (const theme of EditorThemeRegistry.getDefaultThemes()) themes.addTheme(theme);
  const extensions = new EditorExtensionRegistry();
  for (const factory of EditorExtensionRegistry.getDefaultExtensions({ themes })) extensions.addExtension(factory);
  extensions.addExtension({
    name: "shared-model-binding",
    factory: ({ model }) => {
      const shared = model.sharedModel as unknown as { ysource: never; undoManager?: never };
      const binding = ybinding({ ytext: shared.ysource, undoManager: shared.undoManager });
      return EditorExtensionRegistry.createImmutableExtension(binding);
    },
  });
  extensions.addExtension({
    name: "lectern",
    factory: () => EditorExtensionRegistry.createImmutableExtension(extension),
  });
  return {
    languages,
    mimeTypes: new CodeMirrorMimeTypeService(languages),
    factory: new CodeMirrorEditorFactory({ extensions, languages }),
  };
}
