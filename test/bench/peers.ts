import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findPython } from "../support/python.ts";

// `npm run bench:kernel`: the client is Jupyter's own, so the program is Python; this finds one.
const python = findPython(["jupyter_client", "psutil"]);
if (python.path) {
  const program = fileURLToPath(new URL("peers", import.meta.url));
  const { status } = spawnSync(python.path, ["-B", program, ...process.argv.slice(2)], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} else {
  console.error(`bench:kernel: Jupyter's Python client is needed, but there is ${python.lacks}`);
  process.exitCode = 1;
}
