import type { Equivalent } from "./equivalent.ts";

/** Equivalent mutants of the kernel and of notebooks. */
export const equivalentTools: readonly Equivalent[] = [
  {
    file: "src/notebook/clean.ts",
    from: "if (data?.[plotly] === undefined || data[png] === undefined) return output;",
    to: "if (data?.[plotly] === undefined || false) return output;",
    why: "Where there is no picture none is taken away, and the copy is equal.",
  },
  ...[
    "if (false) return [];",
    'if (!source.includes("") && !source.includes("export") && !source.includes("require")) return [];',
    'if (!source.includes("import") && !source.includes("") && !source.includes("require")) return [];',
    'if (!source.includes("import") && !source.includes("export") && !source.includes("")) return [];',
  ].map(to => ({
    file: "src/notebook/dependencies.ts",
    from: 'if (!source.includes("import") && !source.includes("export") && !source.includes("require")) return [];',
    to,
    why: "The compiler finds no imports in such a source either; it only takes time to load it.",
  })),
  {
    file: "src/notebook/fingerprint.ts",
    from: "return left < right ? -1 : 1;",
    to: "return left <= right ? -1 : 1;",
    why: "No name is there twice.",
  },
  {
    file: "src/notebook/identify.ts",
    from: "for (let attempt = 0; ; attempt++) {",
    to: "for (let attempt = 0; ; attempt--) {",
    why: "Any other number gives another id.",
  },
  {
    file: "src/notebook/identify.ts",
    from: "owners.set(id, index + 1);",
    to: "owners.set(id, index - 1);",
    why: "Of an id that we gave nobody asks whose it is. (Of those that were there, a test asks.)",
  },
  ...['[^"\\\\\\p{Cc}]|[\\x7f-\\x9f]+', '[^"\\\\\\p{Cc}]+|[\\x7f-\\x9f]'].map(pattern => ({
    file: "src/notebook/json.ts",
    from: 'const PLAIN_CHARACTERS = /[^"\\\\\\p{Cc}]+|[\\x7f-\\x9f]+/uy;',
    to: `const PLAIN_CHARACTERS = /${pattern}/uy;`,
    why: "They are taken again and again, as many as there are.",
  })),
  {
    file: "src/notebook/lines.ts",
    from: 'return mapTexts(cell, (mime, value) => (typeof value === "string" && isKeptAsLines(mime) ? lines(value) : value));',
    to: "return mapTexts(cell, (mime, value) => (true && isKeptAsLines(mime) ? lines(value) : value));",
    why: "Of the types that are kept as lines all contents are strings in memory. The check is for the types.",
  },
  {
    file: "src/notebook/package.ts",
    from: 'return built && join(root, built.replace(/^\\.\\/dist\\//, "src/").replace(/\\.js$/, ".ts"));',
    to: 'return built && join(root, built.replace(/\\.\\/dist\\//, "src/").replace(/\\.js$/, ".ts"));',
    why: "What a package exports starts with `./`, and that is the first place where it can be found.",
  },
  {
    file: "src/notebook/package.ts",
    from: 'return JSON.parse(await readFile(path, "utf8"));',
    to: 'return JSON.parse(await readFile(path, ""));',
    why: "JSON.parse makes the same text of the bytes.",
  },
  {
    file: "src/notebook/package.ts",
    from: "} catch { return undefined; }",
    to: "} catch {}",
    why: "A function that ends without a word returns undefined.",
  },
  {
    file: "src/notebook/validate.ts",
    from: 'constructor(value: unknown, path: string, file: string, cell?: number, name = "") {',
    to: 'constructor(value: unknown, path: string, file: string, cell?: number, name = "Stryker was here!") {',
    why: "Only the names of members are read, and those are given.",
  },
  {
    file: "src/kernel/display/progress.ts",
    from: "if (!Number.isFinite(value)) return String(value);",
    to: "if (false) return String(value);",
    why: "toFixed and toPrecision write NaN and infinity as String does.",
  },
  {
    file: "src/kernel/display/progress.ts",
    from: "return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));",
    to: "return Math.abs(value) > 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));",
    why: "Both write 1000 as 1000.",
  },
  {
    file: "src/kernel/display/table.ts",
    from: "if (!Array.isArray(value) || value.length === 0) return undefined;",
    to: "if (!Array.isArray(value) || false) return undefined;",
    why: "The first of no rows is undefined, which is no record.",
  },
  ...["true", "size >= 0"].map(condition => ({
    file: "src/kernel/display/tensor.ts",
    from: "const step = size > 0 ? Math.max(1, Math.floor(data.length / size)) : 1;",
    to: `const step = ${condition} ? Math.max(1, Math.floor(data.length / size)) : 1;`,
    why: "Of a tensor without entries none is shown, in whatever steps.",
  })),
  {
    file: "src/kernel/errors/frames.ts",
    from: 'const name = site.getFileName() ?? "";',
    to: 'const name = site.getFileName() ?? "Stryker was here!";',
    why: "No code of the user has either name.",
  },
  {
    file: "src/kernel/transform/jsx.ts",
    from: 'file: bindModule(file.fileName.replace(/[jt]sx$/, "mts"), code, { parents: true }),',
    to: 'file: bindModule(file.fileName.replace(/[jt]sx$/, "mts"), code, { parents: false }),',
    why: "The binder tells the nodes of their parents as well; the parser does so before, and of comments too.",
  },
  {
    file: "src/kernel/transform/parse.ts",
    from: 'const bind = (text: string) => bindModule("cell.ts", text, { parents: true });',
    to: 'const bind = (text: string) => bindModule("cell.ts", text, {});',
    why: "The binder tells the nodes of their parents as well; the parser does so before, and of comments too.",
  },
  {
    file: "src/kernel/transform/module.ts",
    from: "if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return;",
    to: "if (false) return;",
    why: "Of what is imported as a type no value is used, and such an import is left out below.",
  },
  {
    file: "src/kernel/transform/references.ts",
    from: "if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;",
    to: "if (ts.isImportDeclaration(node) && ts.isExportDeclaration(node)) return true;",
    why: "In them stand names of declarations and properties only, which are no references.",
  },
  {
    file: "src/kernel/transform/references.ts",
    from: "if (named.name === node || named.propertyName === node || named.label === node) return false;",
    to: "if (named.name === node || named.propertyName === node || false) return false;",
    why: "TypeScript does not call a label an expression.",
  },
  {
    file: "src/kernel/transform/references.ts",
    from: "(ts.isTaggedTemplateExpression(parent) && parent.tag === identifier);",
    to: "(ts.isTaggedTemplateExpression(parent) && true);",
    why: "The only identifier right below it is its tag: the others stand in the parts of its template.",
  },
  {
    file: "src/kernel/transform/statements.ts",
    from: "if (ts.isVariableDeclarationList(node) && isUsing(node)) return true;",
    to: "if (ts.isVariableDeclarationList(node) || isUsing(node)) return true;",
    why: "The compiler makes the same of what it need not lower, more slowly.",
  },
  {
    file: "src/kernel/transform/strip.ts",
    from: 'const result = transformSync("cell.ts", text, {',
    to: 'const result = transformSync("", text, {',
    why: "The language is given as well.",
  },
];
