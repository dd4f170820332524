import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { until } from "../server/support.ts";

/** A command in a terminal of its own, and what a person at it sees and types. */
export class Terminal {
  readonly child: ChildProcess;
  #text = "";
  #read = 0;

  /** `columns`: 0 for a terminal that was given no size. */
  constructor(command: readonly string[], { cwd, columns }: { cwd: string; columns: number }) {
    const line = command.map(each => `'${each}'`).join(" ");
    const args = ["-qfec", `stty cols ${columns} rows ${columns && 24}; exec ${line}`, "/dev/null"];
    this.child = spawn("script", args, { cwd, env: { ...process.env, NO_COLOR: "1" } });
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.#text += text;
    });
  }

  type(keys: string): void {
    this.child.stdin?.write(keys);
  }

  /** Waits until that is seen, below what was waited for before. Returns the text up to its end. */
  async sees(pattern: RegExp): Promise<string> {
    let end = -1;
    const isSeen = () => {
      const found = pattern.exec(this.#text.slice(this.#read));
      if (found) end = this.#read + found.index + found[0].length;
      return end >= 0;
    };
    await until(isSeen, `${pattern} in ${JSON.stringify(this.#text.slice(this.#read))}`);
    const text = this.#text.slice(this.#read, end);
    this.#read = end;
    return stripVTControlCharacters(text).replaceAll("\r\n", "\n");
  }
}

/** Terminals are made by a program of Linux; elsewhere it takes other arguments. */
export const hasTerminal = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;
