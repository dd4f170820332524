import { afterEach, beforeEach } from "vitest";

/** What the tests of this file show, as a notebook would get it; empty again after each test. */
export function collectShown(): Record<string, unknown>[] {
  const hooks = globalThis as Record<symbol, unknown>;
  const key = Symbol.for("lectern.display");
  const shown: Record<string, unknown>[] = [];
  beforeEach(() => {
    hooks[key] = ({ data }: { data: Record<string, unknown> }) => shown.push(data);
  });
  afterEach(() => {
    delete hooks[key];
    shown.length = 0;
  });
  return shown;
}
