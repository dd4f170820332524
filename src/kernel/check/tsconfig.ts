import path from "node:path";
import ts = require("typescript");
import type { Dialect } from "./dialect.ts";
import { compilerOptions } from "./internals.ts";

/** What `strict` turns on. */
const strictFamily = [
  "strict",
  "noImplicitAny",
  "strictNullChecks",
  "strictFunctionTypes",
  "strictBindCallApply",
  "strictPropertyInitialization",
  "strictBuiltinIteratorReturn",
  "noImplicitThis",
  "useUnknownInCatchVariables",
] as const;

/** How the cells of a folder are checked, and what kept us from reading it. */
export interface Strictness {
  options: ts.CompilerOptions;
  warning?: string;
}

/**
 * The options of the nearest `tsconfig.json`, from `directory` upward, as far as they say how types
 * are checked. Module and target stay ours, because cells run here and not where the project does.
 * What the notebook's dialect says goes before; a file that does not speak of strictness leaves it to TypeScript.
 */
export function strictnessOf(directory: string, dialect?: Dialect): Strictness {
  const { options, warning } = projectOptions(directory);
  const own = dialect === undefined ? {} : dialects[dialect];
  return { options: { ...options, ...own }, ...(warning === undefined ? {} : { warning }) };
}

/** As tslab sets the compiler, and as it is set for the JavaScript of its other kernel. */
const tslab: ts.CompilerOptions = { ...allStrict(false), experimentalDecorators: true };
const dialects: Readonly<Record<Dialect, ts.CompilerOptions>> = {
  strict: { ...allStrict(undefined), strict: true },
  nostrict: allStrict(false),
  tslab,
  jslab: { ...tslab, allowJs: true, checkJs: true },
};

/** All that `strict` stands for, so that a tsconfig that names one of them does not bring it back. */
function allStrict(value: boolean | undefined): ts.CompilerOptions {
  return Object.fromEntries(strictFamily.map(name => [name, value]));
}

function projectOptions(directory: string): Strictness {
  const file = ts.findConfigFile(directory, name => ts.sys.fileExists(name));
  if (file === undefined) return { options: compilerOptions };
  const { config, error } = ts.readConfigFile(file, name => ts.sys.readFile(name));
  if (error) return { options: compilerOptions, warning: refusal(file, error) };
  // Only its options are wanted: looking for its files would read the whole project.
  const disk = { ...ts.sys, readDirectory: () => [] };
  const { options, errors } = ts.parseJsonConfigFileContent(config, disk, path.dirname(file), undefined, file);
  const wrong = errors.find(each => each.code !== noInputs);
  if (wrong) return { options: compilerOptions, warning: refusal(file, wrong) };
  return { options: { ...compilerOptions, nodeOnly: false, ...adopted(options) } };
}

function adopted(options: ts.CompilerOptions): ts.CompilerOptions {
  const taken = Object.fromEntries(taking.flatMap(name => (name in options ? [[name, options[name]]] : [])));
  // Cells run on node whatever the project says.
  return options.types ? { ...taken, types: [...new Set(["node", ...options.types])] } : taken;
}

function refusal(file: string, error: ts.Diagnostic): string {
  const reason = ts.flattenDiagnosticMessageText(error.messageText, " ").replace(/\.$/, "");
  return `tsconfig: ${file} must be a readable configuration, but got: ${reason}; cells are checked with the default options until it is mended and the kernel restarted.`;
}

/** "No inputs were found": we look for none. */
const noInputs = 18003;

/** All that say how types are checked, but for `noUnused…`: a later cell may be the one that uses a name. */
const taking = [
  ...strictFamily,
  "experimentalDecorators",
  "emitDecoratorMetadata",
  "useDefineForClassFields",
  "noUncheckedIndexedAccess",
  "exactOptionalPropertyTypes",
  "noPropertyAccessFromIndexSignature",
  "noImplicitOverride",
  "noImplicitReturns",
  "noFallthroughCasesInSwitch",
  "allowUnreachableCode",
  "allowUnusedLabels",
  "lib",
  "types",
  "typeRoots",
  "baseUrl",
  "paths",
  "pathsBasePath",
  "rootDirs",
  "jsx",
  "jsxFactory",
  "jsxFragmentFactory",
  "jsxImportSource",
  "ignoreDeprecations",
] as const;
