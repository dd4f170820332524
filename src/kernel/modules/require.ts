import { createRequire } from "node:module";
import { isNativeOnly } from "./kinds.ts";
import type { Resolver } from "./resolve.ts";

/** What loads the files that are required. */
interface Loader {
  /** Specifiers that are answered by the kernel itself. */
  replacements: ReadonlyMap<string, object>;
  resolver: Resolver;
  require(file: string): unknown;
  refresh(file: string): void;
}

/** `require` as the file `containing` has it; a fresh one, as cells have, looks for edited files first. */
export function requireFor(
  containing: string,
  runner: Loader,
  { fresh = false }: { fresh?: boolean } = {},
): NodeJS.Require {
  const native = createRequire(containing);
  const require = (specifier: string) => {
    const replacement = runner.replacements.get(specifier);
    if (replacement) return replacement;
    const file = runner.resolver.local(specifier, containing);
    if (file === undefined || isNativeOnly(file)) return native(file ?? specifier);
    if (fresh) runner.refresh(file);
    return runner.require(file);
  };
  const resolve = (specifier: string, options?: { paths?: string[] }) =>
    runner.resolver.local(specifier, containing) ?? native.resolve(specifier, options);
  return Object.assign(require, native, { resolve: Object.assign(resolve, { paths: native.resolve.paths }) });
}
