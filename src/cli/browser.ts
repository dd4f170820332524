import { spawn } from "node:child_process";

/** Opens an address in the user's browser; says whether there is one that could be asked. */
export async function openBrowser(url: string): Promise<boolean> {
  const [command, ...args] = browserCommand() ?? [];
  if (command === undefined) return false;
  return new Promise(settle => {
    const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
    child.once("error", () => settle(false));
    // A launcher that fails says so at once.
    child.once("exit", code => settle(code === 0));
    setTimeout(settle, patience, true).unref();
    child.unref();
  });
}

/** The command that opens an address; undefined where there is no screen to show it on. */
function browserCommand(): string[] | undefined {
  const { BROWSER, DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION } = process.env;
  if (BROWSER) return [BROWSER];
  if (SSH_CONNECTION) return undefined;
  if (process.platform === "darwin") return ["open"];
  // Not by the shell, for which an address is full of commands.
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return DISPLAY || WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
}

/** In milliseconds. */
const patience = 1500;
