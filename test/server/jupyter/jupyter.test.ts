import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { repository, slowness } from "../../kernel/support.ts";
import { findPython, needsPython } from "../../support/python.ts";

// The tests by which Jupyter's own server is held to its API, with fixtures that let them ask ours.

const requirements = "test/server/jupyter/requirements.txt";
const python = findPython(["jupyter_server", "ipykernel", "pytest", "pytest_jupyter", "pytest_timeout"], requirements);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lectern-jupyter-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** What ours does otherwise, and why. */
const otherwise: Record<string, string> = {
  test_regression_is_hidden: "sets an option of theirs to show hidden files, inside their process",
  test_create_bad: "replaces the default kernel inside their process",
  test_create_session_duplicate_kernel_id_returns_409: "replaces a method of theirs inside their process",
  test_kernel_handler_startup_error:
    "starts a broken kernel that is installed for Python's Jupyter; ours has one kernel",
  test_resolve_path_server_expands_user: "changes the home folder of their process; ours has the user's",
  test_resolve_path_server_expands_user_normalizes_path:
    "changes the home folder of their process; ours has the user's",
  test_list_kernelspecs: "wants kernels that are installed for Python's Jupyter; ours has one kernel",
  test_list_kernelspecs_bad: "wants kernels that are installed for Python's Jupyter; ours has one kernel",
  test_get_kernelspecs: "wants a kernel that is installed for Python's Jupyter; ours has one kernel",
  test_get_kernel_resource_file: "wants a kernel that is installed for Python's Jupyter; ours has one kernel",
};

const services = ["contents", "sessions", "kernels", "kernelspecs"];

it.skipIf(!python.path)(
  `passes the tests of jupyter_server, but for those that look inside it${needsPython(python)}`,
  () => {
    const run = (...args: string[]) => {
      return spawnSync(python.path ?? "", ["-m", ...args], { cwd: folder, encoding: "utf8", env: environment() });
    };
    // Its tests are in the source distribution only.
    const version = /==(\S+)/.exec(fs.readFileSync(path.join(repository, requirements), "utf8"))?.[1];
    const download = run(
      "pip",
      "download",
      "-q",
      "--no-deps",
      "--no-binary",
      "jupyter_server",
      `jupyter_server==${version}`,
    );
    expect([download.status, download.stderr]).toEqual([0, expect.anything()]);
    const name = `jupyter_server-${version}`;
    run("tarfile", "-e", `${name}.tar.gz`, ".");
    const source = path.join(folder, name);
    const overrides = fs.readFileSync(path.join(import.meta.dirname, "overrides.py"), "utf8");
    fs.appendFileSync(path.join(source, "tests", "conftest.py"), overrides);
    const files = services.map(service => path.join(name, "tests", "services", service, "test_api.py"));
    const { stdout } = run(
      "pytest",
      "-q",
      "--timeout",
      String(Math.round(60 * slowness)),
      "--rootdir",
      name,
      "-W",
      "ignore",
      "-rA",
      "--color=no",
      "--tb=short",
      ...files,
    );
    const results = [...stdout.matchAll(/^(PASSED|FAILED|ERROR) \S*::(\w+)/gm)].map(([, result, test]) => ({
      result,
      test,
    }));
    const failures = results.filter(({ result }) => result !== "PASSED").map(({ test }) => test ?? "");
    expect(
      failures.filter(test => !(test in otherwise)),
      stdout.slice(-4000),
    ).toEqual([]);
    expect(results.length).toBeGreaterThan(170);
    expect(failures.length / results.length).toBeLessThan(0.06);
  },
  900_000 * slowness,
);

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NO_COLOR: "1",
    LECTERN_NODE: process.execPath,
    LECTERN_SERVE: path.join(import.meta.dirname, "serve.mjs"),
  };
}
