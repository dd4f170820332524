import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Plugin } from "esbuild";

/** `~package/file.css`, as webpack writes it, is `package/file.css`. */
export const tildeImports: Plugin = {
  name: "tilde imports",
  setup(build) {
    build.onResolve({ filter: /^~/ }, ({ path, resolveDir, kind }) =>
      build.resolve(path.slice(1), { resolveDir, kind }),
    );
  },
};

/** Icons: Jupyter's TypeScript wants them as text, its styles as addresses. Fonts that no browser of today asks for are left out. */
export const icons: Plugin = {
  name: "icons",
  setup(build) {
    build.onResolve({ filter: /\.(eot|ttf)([?#].*)?$|fa-[^/]*\.svg|mermaid/ }, ({ kind }) =>
      kind === "url-token" ? { path: "data:,", external: true } : undefined,
    );
    build.onResolve({ filter: /\.svg$/ }, ({ path, resolveDir, kind }) =>
      kind === "url-token" && path.startsWith(".") ? { path: resolve(resolveDir, path), namespace: "icon" } : undefined,
    );
    build.onLoad({ filter: /./, namespace: "icon" }, async ({ path }) => ({
      contents: await readFile(path),
      loader: "dataurl",
    }));
    build.onLoad({ filter: /\.svg$/ }, async ({ path }) => ({
      contents: await readFile(path, "utf8"),
      loader: "text",
    }));
  },
};

/**
 * A CommonJS file that is imported dynamically keeps its named exports: esbuild gives such an import only `default`,
 * and MathJax's typesetter takes names.
 */
export const namesOfCommonJs: Plugin = {
  name: "names of CommonJS",
  setup(build) {
    build.onResolve({ filter: /^mathjax-full/ }, async ({ path, resolveDir, kind, importer }) => {
      if (kind !== "dynamic-import") return undefined;
      const found = await build.resolve(path, { resolveDir, kind: "import-statement", importer });
      return { path: found.path, namespace: "names" };
    });
    build.onLoad({ filter: /./, namespace: "names" }, async ({ path }) => {
      const names = new Set(
        Array.from(
          (await readFile(path, "utf8")).matchAll(/^\s*exports\.(\w+) =|Object\.defineProperty\(exports, "(\w+)"/gm),
          match => match[1] ?? match[2] ?? "",
        ),
      );
      names.delete("__esModule");
      const contents = [`import * as module from ${JSON.stringify(path)};`];
      for (const name of names) contents.push(`export const ${name} = module.${name};`);
      return { contents: contents.join("\n"), resolveDir: dirname(path) };
    });
  },
};
