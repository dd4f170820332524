import { createRequire } from "node:module";

type Loader = (module: NodeJS.Module, file: string) => void;

const extensions = [".ts", ".tsx", ".cts", ".mts", ".jsx"];

/** Lets node's own `require`, which `createRequire` makes, load TypeScript. Returns what takes it back. */
export function installExtensions(runner: { require(file: string): unknown }): () => void {
  const require = createRequire(import.meta.url);
  const loaders = require.extensions as Record<string, Loader | undefined>;
  const before = extensions.map(each => [each, loaders[each]] as const);
  for (const extension of extensions) {
    loaders[extension] = (module, file) => {
      module.exports = runner.require(file);
      // The runner keeps it, and knows when it was edited.
      delete require.cache[file];
    };
  }
  return () => {
    for (const [extension, loader] of before) {
      if (loader) loaders[extension] = loader;
      else delete loaders[extension];
    }
  };
}
