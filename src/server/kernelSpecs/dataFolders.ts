import os from "node:os";
import path from "node:path";

/** The folders in which Jupyter looks for what is installed for it, the first first; see `jupyter --paths`. */
export function jupyterDataFolders(env: NodeJS.ProcessEnv = process.env): string[] {
  const named = (env.JUPYTER_PATH ?? "").split(path.delimiter).filter(Boolean);
  // The Python environment that is active: there is no other that a program without Python could know of.
  const environments = [env.VIRTUAL_ENV, env.CONDA_PREFIX].flatMap(prefix =>
    prefix ? [path.join(prefix, "share", "jupyter")] : [],
  );
  const own = env.JUPYTER_DATA_DIR || ownFolder(env);
  return [...new Set([...named, ...environments, own, ...systemFolders(env)])];
}

function ownFolder(env: NodeJS.ProcessEnv): string {
  const home = env.HOME || os.homedir();
  if (process.platform === "darwin") return path.join(home, "Library", "Jupyter");
  if (process.platform === "win32") return path.join(env.APPDATA || home, "jupyter");
  return path.join(env.XDG_DATA_HOME || path.join(home, ".local", "share"), "jupyter");
}

function systemFolders(env: NodeJS.ProcessEnv): string[] {
  if (process.platform === "win32") return env.PROGRAMDATA ? [path.join(env.PROGRAMDATA, "jupyter")] : [];
  return ["/usr/local/share/jupyter", "/usr/share/jupyter"];
}
