import { codeToAnsi } from "./ansi.ts";

/** Code with its colours, and a bar at its left. */
export async function renderCode(source: string, hasColours: boolean): Promise<string> {
  const text = hasColours ? await codeToAnsi(source) : source;
  return text
    .trimEnd()
    .split("\n")
    .map(line => `  ┃ ${line}`)
    .join("\n");
}
