import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { repository, slowness, type Workspace } from "../kernel/support.ts";

interface Options {
  /** Whether the extensions of the Python environment are there, plotly's among them. */
  extensions?: boolean;
  /** The server that its kernels come from, where they are not its own. */
  gateway?: { url: string; token: string };
}

/** A JupyterLab of its own: its settings, its one kernel and its notebooks are in the workspace. */
export class LabServer {
  private constructor(
    readonly process: ChildProcess,
    readonly url: string,
  ) {}

  static async start(
    python: string,
    workspace: Workspace,
    { extensions = true, gateway }: Options = {},
  ): Promise<LabServer> {
    const { root } = workspace;
    for (const [plugin, values] of Object.entries(settings)) {
      workspace.write(`lab/settings/@jupyterlab/${plugin}.jupyterlab-settings`, JSON.stringify(values));
    }
    if (!gateway) registerKernel(root);
    const port = await freePort();
    const from = gateway ? [`--gateway-url=${gateway.url}`, `--GatewayClient.auth_token=${gateway.token}`] : [];
    const given = [...options(port), ...(extensions ? [] : noExtensions), ...from];
    const process_ = spawn(python, ["-m", "jupyterlab", ...given], {
      cwd: root,
      env: environment(root),
      stdio: ["ignore", "ignore", "pipe"],
    });
    const server = new LabServer(process_, `http://127.0.0.1:${port}`);
    await server.#ready();
    return server;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const exited = once(this.process, "exit");
    this.process.kill("SIGTERM");
    await exited;
  }

  async #ready(): Promise<void> {
    let said = "";
    this.process.stderr?.on("data", text => {
      said = `${said}${text}`.slice(-2000);
    });
    const seconds = Math.round(50 * slowness);
    const deadline = Date.now() + seconds * 1000;
    while (Date.now() < deadline && this.process.exitCode === null) {
      const answer = await fetch(`${this.url}/api/status`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise(resolve => setTimeout(resolve, 200));
    }
    await this.stop();
    throw new Error(`LabServer: JupyterLab must answer within ${seconds} s, but got no answer; it said: ${said}`);
  }
}

const settings = {
  // Cells out of sight are in the document too.
  "notebook-extension/tracker": { windowingMode: "none" },
  "apputils-extension/notification": { fetchNews: "false", checkForUpdates: false },
};

function options(port: number): string[] {
  return [
    "--no-browser",
    "--allow-root",
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.port=${port}`,
    "--ServerApp.port_retries=0",
    "--IdentityProvider.token=",
    "--KernelSpecManager.ensure_native_kernel=False",
  ];
}

const noExtensions = ["--LabApp.labextensions_path=['/nowhere']"];

function environment(root: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOME: root,
    JUPYTER_PATH: path.join(root, "kernel", "share", "jupyter"),
    JUPYTER_CONFIG_DIR: path.join(root, "config"),
    JUPYTER_DATA_DIR: path.join(root, "data-of-jupyter"),
    JUPYTER_RUNTIME_DIR: path.join(root, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: path.join(root, "lab", "settings"),
    JUPYTERLAB_WORKSPACES_DIR: path.join(root, "lab", "workspaces"),
    // One for this folder would be built during the test and never used again.
    LECTERN_SNAPSHOT: "off",
  };
}

function registerKernel(root: string): void {
  const program = path.join(repository, "dist", "cli", "main.js");
  const { status, stderr } = spawnSync(process.execPath, [program, "install", "--prefix", path.join(root, "kernel")], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`LabServer: lectern install must succeed, but got ${status}: ${stderr}`);
  fs.accessSync(path.join(root, "kernel", "share", "jupyter", "kernels", "lectern", "kernel.json"));
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
