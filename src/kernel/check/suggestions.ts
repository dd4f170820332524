import type { CellDiagnostic } from "../result.ts";

/** What we know about names that a cell does not. */
export interface Surroundings {
  /** Numbers of the cells that declared a name and did not come to run, by that name. */
  failed: ReadonlyMap<string, number>;
  /** Whether a package is there. */
  canImport(specifier: string): boolean;
}

/** Whether a name was found nowhere, and none like it. */
export function isMissingName({ code, file }: CellDiagnostic): boolean {
  return code === 2304 && file === undefined;
}

/** The name that a cell lacks, where that is its problem. */
export function missingNameOf({ code, message, file }: CellDiagnostic): string | undefined {
  return missingNames.has(code) && file === undefined ? /'([^']+)'/.exec(message)?.[1] : undefined;
}

/** The problem, with what to do about a name that is not there. */
export function withSuggestion(problem: CellDiagnostic, { failed, canImport }: Surroundings): CellDiagnostic {
  const name = missingNameOf(problem);
  if (name === undefined) return problem;
  const cell = failed.get(name);
  const suggest = (text: string) => ({ ...problem, message: `${problem.message} ${text}` });
  if (cell !== undefined) return suggest(`Cell ${cell} declares it, but did not run.`);
  const line = usualImport(name, canImport);
  return line === undefined ? problem : suggest(`Add: ${line}`);
}

/** The import by which everybody has a name, where its package is there. */
export function usualImport(name: string, canImport: (specifier: string) => boolean): string | undefined {
  const known = imports[name];
  if (!known || !canImport(known.from)) return undefined;
  return `import ${known.as ?? `* as ${name}`} from "${known.from}";`;
}

/** "Cannot find name", "Cannot find namespace", with and without a guess; "refers to a UMD global"; a shorthand's. */
export const missingNames: ReadonlySet<number> = new Set([2304, 2503, 2552, 2686, 2833, 18004]);

/** Names by which everybody imports these; without `as`, the whole module. */
const imports: Readonly<Record<string, { from: string; as?: string }>> = {
  tf: { from: "@tensorflow/tfjs" },
  math: { from: "mathjs" },
  mathjs: { from: "mathjs" },
  Plotly: { from: "plotly.js", as: "Plotly" },
  tslab: { from: "tslab" },
  display: { from: "tslab", as: "{ display }" },
  ...Object.fromEntries(
    ["slider", "choice", "toggle", "button", "play", "show"].map(name => [
      name,
      { from: "lectern/notebook", as: `{ ${name} }` },
    ]),
  ),
  fs: { from: "node:fs", as: "fs" },
  path: { from: "node:path", as: "path" },
  os: { from: "node:os", as: "os" },
  util: { from: "node:util", as: "util" },
  assert: { from: "node:assert/strict", as: "assert" },
  readFileSync: { from: "node:fs", as: "{ readFileSync }" },
  writeFileSync: { from: "node:fs", as: "{ writeFileSync }" },
  execSync: { from: "node:child_process", as: "{ execSync }" },
};
