import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { repository } from "../support.ts";

const folder = path.join(repository, "src/kernel");
const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(each => each.endsWith(".ts"));
const text = (file: string) => fs.readFileSync(path.join(folder, file), "utf8");

it("is loaded by require alone, since an import takes twice the time", () => {
  expect(files.filter(each => /= require\("typescript"\)/.test(text(each))).length).toBeGreaterThan(20);
  expect(files.filter(each => /^(?:import|export) (?!type ).*from "typescript"/m.test(text(each)))).toEqual([]);
});
