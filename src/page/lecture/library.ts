/** Where a public name of the library is declared. */
export interface Place {
  path: string;
  content: string;
  /** The line with its declaration, from 0. */
  line: number;
}

type Read = (path: string) => Promise<string>;

/** Follows the re-exports from `file` to where a name is declared; undefined where it is not the library's. */
export async function declarationOf(name: string, file: string, read: Read): Promise<Place | undefined> {
  const content = await read(file);
  const declared = new RegExp(
    `^export (?:declare |abstract |async )*(?:class|function\\*?|const|let|interface|type|enum) ${escaped(name)}\\b`,
    "m",
  );
  const found = declared.exec(content);
  if (found) return { path: file, content, line: content.slice(0, found.index).split("\n").length - 1 };
  const { named, all } = reExports(content);
  const from = named.get(name);
  const others = from ? [from] : all.map(each => ({ original: name, from: each }));
  for (const { original, from: target } of others) {
    const place = await declarationOf(original, relativeTo(file, target), read);
    if (place) return place;
  }
  return undefined;
}

/** The names that a cell imports, by the file they come from. */
export function importsOf(source: string): { name: string; from: string }[] {
  return Array.from(source.matchAll(/import\s+(?:type\s+)?\{([^}]*)\}\s*from\s*["']([^"']+)["']/g)).flatMap(
    ([, names = "", from = ""]) => listed(names).map(({ original }) => ({ name: original, from })),
  );
}

function reExports(content: string): { named: Map<string, { original: string; from: string }>; all: string[] } {
  const named = new Map<string, { original: string; from: string }>();
  const all: string[] = [];
  for (const [, names, from = ""] of content.matchAll(/^export (?:type )?(?:\{([^}]*)\}|\*) from "(\.[^"]+)"/gm)) {
    if (names === undefined) all.push(from);
    else for (const { original, local } of listed(names)) named.set(local, { original, from });
  }
  return { named, all };
}

/** `A, type B as C` as pairs of names. */
function listed(names: string): { original: string; local: string }[] {
  const pairs = names.split(",").map(each => each.trim().replace(/^type\s+/, ""));
  return pairs.filter(Boolean).map(pair => {
    const [original = "", local = original] = pair.split(/\s+as\s+/);
    return { original, local };
  });
}

function escaped(name: string): string {
  return name.replace(/[$]/g, "\\$&");
}

function relativeTo(file: string, target: string): string {
  return new URL(target, `file:///${file}`).pathname.slice(1);
}
