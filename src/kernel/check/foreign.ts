import fs from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import { noPage } from "./nodeOnly.ts";
import type { CellDiagnostic } from "../result.ts";

/**
 * The problems of a cell that was written for another kernel or runtime, each with the way out in one
 * sentence: `!ls`, `%magic` and `name?` of IPython, `npm:` and `jsr:` of Deno, addresses of the network, `Deno`; and of
 * one that lacks a package, which is looked for from the notebook's `directory` on.
 */
export function withWayOut(problems: readonly CellDiagnostic[], source: string, directory: string): CellDiagnostic[] {
  const lines = source.split("\n");
  const told = new Set<number>();
  return problems.flatMap(problem => {
    if (problem.file !== undefined) return [problem];
    const line = lines[problem.line - 1] ?? "";
    const magic = magicIn(line);
    if (magic === undefined)
      return [{ ...problem, message: specifierAdvice(problem, directory) ?? runtimeAdvice(problem) }];
    if (told.has(problem.line)) return [];
    told.add(problem.line);
    return [{ ...problem, column: line.search(/\S/) + 1, message: magic }];
  });
}

function magicIn(line: string): string | undefined {
  const text = line.trim();
  const magic = /^%%?[a-zA-Z]\w*/.exec(text)?.[0];
  if (magic !== undefined) {
    return `${magic} is a magic of IPython, and cells here are TypeScript; leave the line out, or write what it does as code.`;
  }
  const asked = /^(?:\?{1,2}([\w.$]+)|([\w.$]+)\?{1,2})$/.exec(text);
  if (asked) {
    return `${text} asks for help in IPython; here the cursor on ${asked[1] ?? asked[2]} and Shift+Tab shows its type and documentation.`;
  }
  const command = /^!!?\s*([a-z][\w.-]*(?:\s+[^\s=&|?<>+*(].*)?)$/.exec(text)?.[1];
  if (command === undefined || (!command.includes(" ") && !commands.has(command))) return undefined;
  return `!${command} is a shell command as IPython has them; write: import { execSync } from "node:child_process"; execSync(${JSON.stringify(command)}, { encoding: "utf8" })`;
}

/** What one calls without an argument, and would otherwise be the negation of a name. */
const commands: ReadonlySet<string> = new Set(["ls", "pwd", "whoami", "date", "env", "top", "ps", "df", "npm", "id"]);

function specifierAdvice({ code, message }: CellDiagnostic, directory: string): string | undefined {
  const specifier = missingModule.has(code) ? /'([^']+)'/.exec(message)?.[1] : undefined;
  if (specifier === undefined) return undefined;
  const [, scheme = "", scoped, plain, version = "", sub = ""] =
    /^(npm|jsr):\/?(?:(@[^/@]+\/[^/@]+)|([^/@]+))(@[^/]*)?(\/.*)?$/.exec(specifier) ?? [];
  const name = scoped ?? plain;
  if (scheme === "npm" && name !== undefined) {
    return `Cannot find module '${specifier}': npm: is Deno's; npm install ${name}${version}, and import from "${name}${sub}".`;
  }
  if (scheme === "jsr" && name !== undefined) {
    return `Cannot find module '${specifier}': jsr: is Deno's; npx jsr add ${name}${version}, and import from "${name}${sub}".`;
  }
  if (/^(?:data|blob):/.test(specifier)) {
    return `Cannot find module '${specifier}': modules here are packages and files; save the code as a file and import it by its path.`;
  }
  if (!/^https?:/.test(specifier)) return packageAdvice(specifier, directory);
  return `Cannot find module '${specifier}': modules are not loaded from the network; npm install the package, or save the file and import it by its path.`;
}

/** A package that is nowhere; of one that is there, only a path in it may be wrong. */
function packageAdvice(specifier: string, directory: string): string | undefined {
  const name = /^(?:@[a-z\d~-][\w.~-]*\/)?[a-z\d~-][\w.~-]*(?=$|\/)/.exec(specifier)?.[0];
  if (name === undefined || isBuiltin(name) || foldersUpFrom(directory).some(each => isInstalled(name, each)))
    return undefined;
  // By that name the registry may have another.
  const what = name === "lectern" ? "the folder of lectern" : name;
  return `Cannot find module '${specifier}': there is none in the node_modules of ${directory}, nor of the folders above it; npm install ${what} in that folder.`;
}

function isInstalled(name: string, folder: string): boolean {
  return fs.existsSync(path.join(folder, "node_modules", name));
}

function foldersUpFrom(folder: string): string[] {
  const above = path.dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersUpFrom(above)];
}

const missingModule: ReadonlySet<number> = new Set([2307, 2792, 2882]);

function runtimeAdvice({ code, message }: CellDiagnostic): string {
  const isOfPage = code === 2584 && !/'console'/.test(message);
  if (isOfPage) return message.replace(/\. Do you need .*$/, `: ${noPage}`);
  const unknown = missingName.has(code) ? /^Cannot find name '(\w+)'/.exec(message)?.[1] : undefined;
  if (unknown !== undefined && namesOfPage.has(unknown) && !(unknown in globalThis)) {
    return `Cannot find name '${unknown}': ${noPage}`;
  }
  const runtime = /^Cannot find (?:name|namespace) '(Deno|Bun)'/.exec(message)?.[1];
  if (runtime === undefined || code < 2000) return message;
  return `Cannot find name '${runtime}': cells run on Node; node:fs reads and writes files, process.env has the environment, node:child_process runs commands.`;
}

const missingName: ReadonlySet<number> = new Set([2304, 2552]);

/** What only a page has, and no program would call so by itself. Some are also in newer versions of Node. */
const namesOfPage: ReadonlySet<string> = new Set([
  "document",
  "window",
  "navigator",
  "localStorage",
  "sessionStorage",
  "indexedDB",
  "alert",
  "confirm",
  "requestAnimationFrame",
  "cancelAnimationFrame",
  "getComputedStyle",
  "matchMedia",
  "customElements",
]);
