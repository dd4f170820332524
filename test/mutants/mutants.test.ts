import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { mutants } from "./mutants.ts";

// Whether the mutants are killed takes minutes and is for `npm run mutants`; that their places still exist, for here.
const root = resolve(import.meta.dirname, "../..");

it.each(mutants)("$file has exactly one `$from`", ({ file, from, to, test }) => {
  expect(readFileSync(join(root, file), "utf8").split(from).length).toBe(2);
  expect(to).not.toBe(from);
  expect(readFileSync(join(root, test), "utf8").length).toBeGreaterThan(0);
});
