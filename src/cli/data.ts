import { chooseBackend } from "../engine/index.ts";
import { describeData, describeWeights } from "../generative/data/index.ts";
import { noArguments } from "./arguments.ts";
import { exitCode } from "./errors.ts";

/** `lectern data`: what data is here, whether it is whole, and which tensor backend runs. Returns the exit code. */
export async function data(args: readonly string[]): Promise<number> {
  noArguments("data", args);
  const rows = [...(await describeData()), ...(await describeWeights())];
  for (const row of rows) {
    const should = row.status === "present" ? "" : " expected";
    console.log(`${row.name}: ${row.status},${should} ${row.bytes} bytes,${should} sha256 ${row.sha256}`);
    console.log(`  ${row.path}`);
    if (row.problem !== undefined) console.log(`  ${row.problem}`);
  }
  for (const line of new Set(rows.map(row => `${row.set}: from ${row.source}; ${row.licence}`))) console.log(line);
  const backend = await chooseBackend();
  console.log(`tensors: ${backend.name} (${backend.reason})`);
  return rows.every(row => row.status === "present") ? exitCode.done : exitCode.failed;
}
