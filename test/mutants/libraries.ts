import ts from "typescript";

const parsed = new Map<string, ts.SourceFile>();

/** The compiler, which parses a file of a package once for all mutants: the library takes it a second. */
export const compiler: typeof ts = Object.create(ts, {
  createSourceFile: {
    value: ((file, text, ...options) => {
      if (!file.includes("/node_modules/")) return ts.createSourceFile(file, text, ...options);
      const key = JSON.stringify([file, text.length, options]);
      const known = parsed.get(key) ?? ts.createSourceFile(file, text, ...options);
      parsed.set(key, known);
      return known;
    }) as typeof ts.createSourceFile,
  },
});
