import { copyFile, mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { icons, namesOfCommonJs, tildeImports } from "./plugins.ts";

const page = resolve(import.meta.dirname, "..");
const to = resolve(page, "../../dist/page");

await rm(to, { recursive: true, force: true });
await mkdir(to, { recursive: true });
await build({
  entryPoints: {
    main: join(page, "main.ts"),
    page: join(page, "style/main.css"),
    light: join(page, "style/light.css"),
    dark: join(page, "style/dark.css"),
    controls: join(page, "style/controls.css"),
  },
  outdir: to,
  publicPath: "/static",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "linked",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  tsconfig: join(page, "tsconfig.json"),
  define: { "process.env.NODE_ENV": '"production"', global: "globalThis", __dirname: '"/"', __filename: '"/index.js"' },
  inject: [join(page, "build/globals.ts")],
  alias: { path: "path-browserify", url: join(page, "build/url.ts") },
  loader: { ".woff": "file", ".woff2": "file", ".png": "file", ".gif": "file", ".md": "text" },
  plugins: [tildeImports, icons, namesOfCommonJs],
  logLevel: "warning",
});
// Handouts carry the program of their figures in themselves.
await build({
  entryPoints: { handout: resolve(page, "../explore/handout.ts") },
  outdir: to,
  bundle: true,
  format: "iife",
  target: "es2022",
  minify: true,
  tsconfig: join(page, "tsconfig.json"),
  logLevel: "warning",
});
await copyFile(join(page, "index.html"), join(to, "index.html"));
