/**
 * The part of node's bookkeeping of asynchronous calls that ends the process when it does not add up. Code that was
 * terminated never takes its own entries away, so with `AsyncLocalStorage` in use the next callback would be the last.
 *
 * Before version 24 node offers no switch for it, only these counters of its own; from 24 on
 * `AsyncLocalStorage` does without that bookkeeping, and `--no-force-async-hooks-checks` is enough.
 */
interface AsyncWrap {
  async_hook_fields: Uint32Array;
  constants: { kTotals: number; kCheck: number };
  clearAsyncIdStack(): void;
}

const wrap = Number.parseInt(process.versions.node, 10) < 24 ? binding("async_wrap") : undefined;

/** Turns the checks off until a new hook turns them on; to be called before code runs that may be terminated. */
export function relaxAsyncChecks(): void {
  if (!wrap) return;
  wrap.async_hook_fields[wrap.constants.kTotals] = 0;
  wrap.async_hook_fields[wrap.constants.kCheck] = 0;
}

/** Drops what terminated code left behind. */
export function clearAsyncStack(): void {
  wrap?.clearAsyncIdStack();
}

function binding(name: string): AsyncWrap {
  const { noDeprecation = false } = process;
  process.noDeprecation = true;
  const found = (process as unknown as { binding(name: string): AsyncWrap }).binding(name);
  process.noDeprecation = noDeprecation;
  return found;
}
