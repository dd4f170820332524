import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";

/** What `compute` gave in an earlier call with the same settings, read from `file`; else what it gives now, stored there. */
export async function stored<Value>(file: string, settings: object, compute: () => Promise<Value>): Promise<Value> {
  const found = await readFile(file, "utf8").then(JSON.parse, () => undefined);
  if (found?.value !== undefined && JSON.stringify(found.settings) === JSON.stringify(settings)) return found.value;
  const value = await compute();
  await mkdir(dirname(file), { recursive: true });
  await writeFileAtomic(file, JSON.stringify({ settings, value }));
  return value;
}
