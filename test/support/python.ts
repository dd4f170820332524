import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export interface Python {
  /** None: it is not here, or lacks one of the modules. */
  path?: string;
  /** What is missing, and how to get it. */
  lacks?: string;
}

/** The Python that has Jupyter: `LECTERN_PYTHON`, else the one of `.venv`, which `.ci/run` makes. */
export function findPython(modules: readonly string[], requirements = "test/requirements.txt"): Python {
  const found = candidates.find(candidate => candidate && existsSync(candidate));
  const remedy = `python3 -m venv .venv && .venv/bin/pip install -r ${requirements}`;
  if (!found) return { lacks: `no Python at LECTERN_PYTHON or .venv; ${remedy}` };
  const probe = "import importlib.util, sys; print(*[m for m in sys.argv[1:] if not importlib.util.find_spec(m)])";
  const { stdout, error, status } = spawnSync(found, ["-c", probe, ...modules], { encoding: "utf8" });
  if (error || status !== 0) return { lacks: `only ${found}, which does not run; ${remedy}` };
  const missing = stdout.trim().split(" ").join(", ");
  return missing ? { lacks: `no ${missing} in ${found}; ${remedy}` } : { path: found };
}

/** Put behind the name of a test that needs it, so that a skipped one says why. */
export function needsPython({ lacks }: Python): string {
  return lacks ? ` (skipped: ${lacks})` : "";
}

const repository = fileURLToPath(new URL("../..", import.meta.url));

const candidates = [
  process.env.LECTERN_PYTHON,
  path.join(repository, ".venv", "bin", "python"),
  path.join(repository, ".venv", "Scripts", "python.exe"),
];
