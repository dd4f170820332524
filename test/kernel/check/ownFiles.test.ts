import { describe, expect, it } from "vitest";
import { augmentationsOf } from "../../../src/kernel/check/augmentations.ts";
import { resolvedFile } from "../../../src/kernel/check/host.ts";
import { bindLocal, bindModule, type Resolution } from "../../../src/kernel/check/internals.ts";
import { OwnFiles } from "../../../src/kernel/check/ownFiles.ts";

const parsed = (text: string, name = "/w/a.ts") => bindModule(name, text, { parents: true });

describe("files of the user", () => {
  const file = (name: string, text = "") => parsed(text, name);
  const importing = (...names: string[]) =>
    new Map<string, Resolution>([
      ["nowhere", { resolvedModule: undefined } as Resolution],
      ...names.map(name => [name, { resolvedModule: resolvedFile(name) } as Resolution] as const),
    ]);

  it("are known by name, with what they import, until they are taken away", () => {
    const own = new OwnFiles();
    const [first, again] = [file("/w/a.ts"), file("/w/a.ts")];
    const resolutions = importing();
    own.set(first, resolutions);
    expect([own.get("/w/a.ts"), own.has("/w/a.ts"), own.resolutionsOf(first)]).toEqual([first, true, resolutions]);
    own.set(again, importing());
    expect([own.get("/w/a.ts"), own.resolutionsOf(first)]).toEqual([again, undefined]);
    own.delete("/w/a.ts");
    own.delete("/w/none.ts");
    expect([own.get("/w/a.ts"), own.has("/w/a.ts"), own.resolutionsOf(again)]).toEqual([undefined, false, undefined]);
    own.set(first, resolutions);
    own.clear();
    expect([own.has("/w/a.ts"), own.resolutionsOf(first)]).toEqual([false, undefined]);
  });

  it("are kept as far as a root reaches, and where they add to others", () => {
    const own = new OwnFiles();
    const adding = file("/w/adds.ts", "declare global {} export {}");
    adding.moduleAugmentations = augmentationsOf(adding);
    own.set(file("/w/root.ts"), importing("/w/a.ts", "/w/gone.ts"));
    own.set(file("/w/a.ts"), importing("/w/b.ts"));
    own.set(file("/w/b.ts"), importing("/w/a.ts"));
    own.set(file("/w/alone.ts"), importing("/w/a.ts"));
    own.set(adding, importing("/w/c.ts"));
    own.set(file("/w/c.ts"), importing());
    own.keep(name => name === "/w/root.ts");
    const all = ["root", "a", "b", "alone", "adds", "c"];
    expect(all.filter(name => own.has(`/w/${name}.ts`))).toEqual(["root", "a", "b", "adds", "c"]);
    expect(own.augmenting()).toEqual([adding]);
  });

  it("are TypeScript and JSON, to the checker", () => {
    const names = ["a.ts", "a.mts", "a.cts", "a.tsx", "a.json", "a.js", "a.jsx", "a.wasm", "a.tsv", "ats"];
    const bound = names.filter(name => bindLocal(`/w/${name}`, name.endsWith("json") ? "{}" : "1", {}) !== undefined);
    expect(bound).toEqual(names.slice(0, 5));
  });
});
