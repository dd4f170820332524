import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { afterAll, expect, it } from "vitest";
import { harmless } from "../../src/cli/terminal.ts";
import { makeWorkspace, repository } from "../kernel/support.ts";

const workspace = makeWorkspace();
afterAll(() => workspace.remove());

it.each([
  ["plain\ttext\nof two lines\r\nand Greek α", "plain\ttext\nof two lines\r\nand Greek α"],
  ["\u001b[1;31mred\u001b[0m \u001b[38;2;8;8;8mgrey\u001b[39m\u001b[m", undefined],
  ["\u001b[38;5;8mgrey\u001b[49m", undefined],
  ["\u001b]52;c;aGk=\u0007", "\\u001b]52;c;aGk=\\u0007"],
  ["\u001b]0;title\u001b\\", "\\u001b]0;title\\u001b\\"],
  ["\u001b[2J\u001b[H", "\\u001b[2J\\u001b[H"],
  ["\u001b[8mhidden", "\\u001b[8mhidden"],
  ["\u001b[1;8mhidden", "\\u001b[1;8mhidden"],
  ["\u001b[38;5;1;8mhidden", "\\u001b[38;5;1;8mhidden"],
  ["\u009b2J\u009d52;", "\\u009b2J\\u009d52;"],
  ["safe\rEvil\b\b\u0000\u007f", "safe\\u000dEvil\\u0008\\u0008\\u0000\\u007f"],
  ["a\u202eb\u2066c", "a\\u202eb\\u2066c"],
])("leaves of %j only what is seen", (text, left) => {
  expect(harmless(text)).toBe(left ?? text);
});

it("keeps JSON what it is", () => {
  const value = { name: "\u009b2J\u202e and \u001b]52;" };
  expect(JSON.parse(harmless(JSON.stringify(value)))).toEqual(value);
});

it.each([
  ["check", "hostile \u001b[2J.ipynb"],
  ["check", "no such \u001b]0;file.ipynb"],
  ["step", "hostile \u001b[2J.ipynb"],
])("lets no notebook drive the terminal: lectern %s %j", (command, name) => {
  const hostile = "\u001b]52;c;aGk=\u0007\u001b]0;title\u0007\u001b[2J\u001b[8mhidden\u009b2J\u009d0;x\u009c";
  const cell = (cell_type: string, source: string, more = {}) => ({
    cell_type,
    id: `c${cell_type}`,
    source,
    metadata: {},
    ...more,
  });
  const outputs = [{ output_type: "stream", name: "stdout", text: hostile }];
  const cells = [
    cell("markdown", `# ${hostile}\n\n${hostile}`),
    cell("code", `"${hostile}";`, { outputs, execution_count: 1 }),
  ];
  const metadata = { kernelspec: { name: hostile, display_name: hostile, language: "typescript" } };
  fs.writeFileSync(
    `${workspace.notebooks}/hostile \u001b[2J.ipynb`,
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells }),
  );
  const { stdout, stderr } = spawnSync(process.execPath, [`${repository}/dist/cli/main.js`, command, name], {
    cwd: workspace.notebooks,
    encoding: "utf8",
    input: "s\ns\nq\n",
  });
  expect(stdout + stderr).not.toBe("");
  const colour = /\p{Cc}\[[\d;]+m/gu;
  expect((stdout + stderr).replace(colour, "")).not.toMatch(/(?![\n\t])\p{Cc}/u);
});
