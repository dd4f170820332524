import { expect, it } from "vitest";
import { codeParameters, codePath } from "../../../src/kernel/debugger/codeIds.ts";

// By `murmur2_x86(text, 0xc70f6907)` of ipykernel 7.4.0, as JupyterLab does it too.
it.each([
  ["", 3990065800],
  ["1", 224161117],
  ["ab", 2805137849],
  ["abc", 3350977461],
  ["const mean = 0.5;\nmean", 4180331263],
  ["x".repeat(1000), 2976633443],
  ["// höhe 😀\nµ", 4007302085],
])("a cell has the path that JupyterLab computes for it: %j", (text, hash) => {
  const { tmpFilePrefix, tmpFileSuffix } = codeParameters;
  expect(codePath(text)).toBe(`${tmpFilePrefix}${hash}${tmpFileSuffix}`);
});
