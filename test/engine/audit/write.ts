import { readFileSync, writeFileSync } from "node:fs";
import { columns, measure, present } from "./measure.ts";
import { table } from "./table.ts";

/** Writes what is measured into the guide, between its marks. */
if (present.length < columns.length) {
  throw new Error("audit: the table needs tfjs-node, but it does not start here; run npm run install:tfjs-node first");
}
const guide = new URL("../../../src/guide/kernels.md", import.meta.url);
const measured = await measure();
const text = readFileSync(guide, "utf8");
writeFileSync(
  guide,
  text.replace(/(<!-- audit -->\n)[\s\S]*(\n<!-- \/audit -->)/, (_, start, end) => `${start}${table(measured)}${end}`),
);
