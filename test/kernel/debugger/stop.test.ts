import type { Debugger } from "node:inspector";
import { expect, it } from "vitest";
import { Scripts } from "../../../src/kernel/debugger/scripts.ts";
import { framesOf, scopesOf } from "../../../src/kernel/debugger/stop.ts";
import { call, cell, FakeInspector } from "./fakeInspector.ts";

/** The scopes of a call whose one scope has these variables. */
async function scopes(names: string[], type: string, facts = cell(1)): Promise<string[]> {
  const inspector = new FakeInspector();
  const shown: string[] = [];
  inspector.group = async (...given: unknown[]) => {
    shown.push((given[0] as string[]).join(" "));
    return 1;
  };
  const variables = names.map(name => ({ name, value: { type: "number", value: 1 } }));
  inspector.answers = { "Runtime.getProperties": { result: variables } };
  const scripts = new Scripts(inspector.real, () => {});
  await inspector.parsed("1", facts);
  const scopeChain = [{ type, object: { type: "object", objectId: "o" } }] as Debugger.Scope[];
  const [frame] = await framesOf([{ ...call("1:2"), scopeChain }, call("none:1")], scripts);
  if (!frame) throw new Error("there is no frame");
  const found = await scopesOf(frame, inspector.real);
  return found.map(({ name }, index) => [name, shown[index]].filter(Boolean).join(": "));
}

it("a scope shows the variables of the user", async () => {
  expect(await scopes(["a", "b"], "local")).toEqual(["Locals: a b", "Notebook"]);
  expect(await scopes(["a"], "closure")).toEqual(["Closure: a", "Notebook"]);
});

it("what belongs to the program is not shown", async () => {
  expect(await scopes(["a"], "global")).toEqual(["Notebook"]);
  expect(await scopes(["a"], "script")).toEqual(["Notebook"]);
});

it("a cell's own scope is without our names, and without what the notebook's names replace", async () => {
  const facts = { ...cell(1), prefix: "$", handed: ["kept"] };
  expect(await scopes(["$done", "kept", "inner"], "local", facts)).toEqual(["Locals: inner", "Notebook"]);
});

it("a function's own variable may have the name of one that is replaced", async () => {
  const facts = { ...cell(1), prefix: "$", handed: ["kept"] };
  expect(await scopes(["kept", "inner"], "local", facts)).toEqual(["Locals: kept inner", "Notebook"]);
});

it("a file has no names of the notebook", async () => {
  expect(await scopes(["a"], "local", { origin: { file: "/user/1.ts" }, handed: [] })).toEqual(["Locals: a"]);
});
