import fs from "node:fs";

/**
 * For which kernel a notebook was written: ours and strict, ours without strictness, tslab's
 * TypeScript, or its JavaScript. Nothing is said of most: they follow the nearest tsconfig.json.
 */
export type Dialect = "strict" | "nostrict" | "tslab" | "jslab";

/**
 * The dialect of a notebook: from LECTERN_DIALECT; from its metadata, which may say `"lectern":
 * { "dialect": "tslab" }` or have tslab's kernelspec; undefined where neither says anything.
 *
 * Without a path, the notebook is the one for which the server started this process.
 */
export function dialectOf(notebook = process.env.JPY_SESSION_NAME): Dialect | undefined {
  const wanted = process.env.LECTERN_DIALECT;
  if (isDialect(wanted)) return wanted;
  if (notebook === undefined || !notebook.endsWith(".ipynb")) return undefined;
  try {
    const { metadata } = JSON.parse(fs.readFileSync(notebook, "utf8")) as { metadata?: Metadata };
    return [metadata?.lectern?.dialect, metadata?.kernelspec?.name].find(isDialect);
  } catch {
    // No notebook as yet, or none that can be read: whoever opens it says so.
    return undefined;
  }
}

/** What a cell says in its first comments, for itself and all that come after it: `// @nostrict`, `// @tslab`. */
export function dialectIn(source: string): Dialect | undefined {
  const [head = ""] = /^(?:\s*\/\/[^\n]*(?:\n|$))*/.exec(source) ?? [];
  const wanted = /^\s*\/\/\s*@(strict|nostrict|tslab|jslab)\b/m.exec(head)?.[1];
  return isDialect(wanted) ? wanted : undefined;
}

interface Metadata {
  kernelspec?: { name?: unknown };
  lectern?: { dialect?: unknown };
}

function isDialect(value: unknown): value is Dialect {
  return value === "strict" || value === "nostrict" || value === "tslab" || value === "jslab";
}
