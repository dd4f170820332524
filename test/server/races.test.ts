import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stopAll, TestServer } from "./support.ts";

// What comes at the same time: none of it may take another's place.

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(stopAll);

const file = (name: string) => path.join(server.workspace.root, name);
const text = (content: string) => ({ type: "file", format: "text", content });
const rename = (from: string, to: string) => server.ask("PATCH", `/api/contents/${from}`, { path: to });
const tries = Array.from({ length: 10 }, (_, index) => index);

it.each(tries)("lets one of two files have a name, and the other keep its own (%i)", async index => {
  for (const name of ["one", "two"]) server.workspace.write(`${name}${index}`, name);
  const answers = await Promise.all([rename(`one${index}`, `t${index}`), rename(`two${index}`, `t${index}`)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const left = [`one${index}`, `two${index}`, `t${index}`].filter(name => fs.existsSync(file(name)));
  expect(left.map(name => fs.readFileSync(file(name), "utf8")).sort()).toEqual(["one", "two"]);
});

it.each(tries)("lets a file that is saved and one that is renamed not both have a name (%i)", async index => {
  server.workspace.write(`q${index}`, "old");
  const save = () => server.ask("PUT", `/api/contents/u${index}`, text("new"));
  const asked = [save, () => rename(`q${index}`, `u${index}`)];
  const answers = await Promise.all((index % 2 === 0 ? asked : asked.reverse()).map(each => each()));
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
  const left = [`q${index}`, `u${index}`].filter(name => fs.existsSync(file(name)));
  expect(left.map(name => fs.readFileSync(file(name), "utf8"))).toContain("old");
});

it("gives each new file and each copy a name of its own", async () => {
  server.workspace.write("x.txt", "x");
  for (const body of [
    { type: "notebook" },
    { type: "file", ext: ".md" },
    { type: "directory" },
    { copy_from: "x.txt" },
  ]) {
    const answers = await Promise.all(tries.map(() => server.ask("POST", "/api/contents", body)));
    expect(answers.map(({ status }) => status)).toEqual(tries.map(() => 201));
    expect(new Set(answers.map(({ json }) => json.path)).size).toBe(tries.length);
    for (const { json } of answers) expect(fs.existsSync(file(json.path))).toBe(true);
  }
});

it("takes what is saved at once one after the other, the last for good", async () => {
  const answers = await Promise.all(tries.map(each => server.ask("PUT", "/api/contents/s.txt", text(String(each)))));
  expect(answers.every(({ status }) => status < 300)).toBe(true);
  expect(tries.map(String)).toContain(fs.readFileSync(file("s.txt"), "utf8"));
});

it("gives a name to one of two servers on the same folder", async () => {
  const other = await TestServer.start({}, {}, server.workspace);
  server.workspace.write("y.txt", "y");
  for (const body of [
    { type: "notebook" },
    { type: "file", ext: ".md" },
    { type: "directory" },
    { copy_from: "y.txt" },
  ]) {
    const asked = tries.slice(0, 5).flatMap(() => [server, other].map(each => each.ask("POST", "/api/contents", body)));
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).toEqual(asked.map(() => 201));
    expect(new Set(answers.map(({ json }) => json.path)).size).toBe(asked.length);
  }
  for (const index of tries) {
    for (const name of ["one", "two"]) server.workspace.write(`${name}${index}.md`, name);
    const to = { path: `v${index}.md` };
    const answers = await Promise.all([
      server.ask("PATCH", `/api/contents/one${index}.md`, to),
      other.ask("PATCH", `/api/contents/two${index}.md`, to),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const left = [`one${index}.md`, `two${index}.md`, `v${index}.md`].filter(name => fs.existsSync(file(name)));
    expect(left.map(name => fs.readFileSync(file(name), "utf8")).sort()).toEqual(["one", "two"]);
  }
});
