import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, askServer } from "./support.ts";

// Disks that are full, cannot be written to, or belong to somebody else: real ones, in a file system of the server's own.

const serve = path.join(import.meta.dirname, "jupyter/serve.mjs");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lectern-disk-"));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  fs.rmSync(folder, { recursive: true, force: true });
});

const mayMount = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", folder]).status === 0;
const needsMount = mayMount ? "" : " (skipped: this system lets no test mount a file system of its own)";

/** A server on a folder, started by these words of a shell, which stand in a name space of their own. */
class DiskServer {
  private constructor(
    readonly child: ChildProcess,
    readonly port: number,
    readonly token: string,
  ) {}

  static async start(command: string, ...args: string[]): Promise<DiskServer> {
    const child = spawn(command, [...args, process.execPath, serve], { stdio: ["pipe", "pipe", "inherit"] });
    children.push(child);
    child.stdin?.write(`${folder}\n`);
    const [line] = await once(readline.createInterface({ input: child.stdout as NodeJS.ReadableStream }), "line");
    const { port, token } = JSON.parse(String(line)) as { port: number; token: string };
    return new DiskServer(child, port, token);
  }

  ask(method: string, url: string, body?: unknown): Promise<Answer> {
    return askServer(this.port, method, url, body, { authorization: `token ${this.token}` });
  }

  /** The folder as this server sees it. */
  file(name = ""): string {
    return path.join(`/proc/${this.child.pid}/root`, folder, name);
  }

  async stop(): Promise<void> {
    this.child.stdin?.end();
    await once(this.child, "exit");
  }
}

const cell = { cell_type: "code", id: "a1", metadata: {}, outputs: [], execution_count: null };
const notebook = (source: string) => ({
  type: "notebook",
  content: { cells: [{ ...cell, source }], metadata: {}, nbformat: 4, nbformat_minor: 5 },
});
const text = (content: string) => ({ type: "file", format: "text", content });
const url = "/api/contents/a.ipynb";

describe.skipIf(!mayMount)(`a full disk${needsMount}`, () => {
  let server: DiskServer;
  let before: string;
  beforeAll(async () => {
    const mount = 'mount -t tmpfs -o size=512k tmpfs "$0" && exec "$@"';
    server = await DiskServer.start("unshare", "-rm", "sh", "-c", mount, folder);
    await server.ask("PUT", url, notebook("before".repeat(3000)));
    await server.ask("POST", `${url}/checkpoints`);
    before = fs.readFileSync(server.file("a.ipynb"), "utf8");
    const fill = fs.openSync(server.file("fill"), "w");
    try {
      for (;;) fs.writeSync(fill, Buffer.alloc(4096));
    } catch {
      fs.closeSync(fill);
    }
    // Room for the beginning of what is to be written, and no more.
    fs.truncateSync(server.file("fill"), fs.statSync(server.file("fill")).size - 8192);
  });

  const attempts: [string, () => Promise<Answer>][] = [
    ["saving a notebook", () => server.ask("PUT", url, notebook("after".repeat(5000)))],
    ["saving a new file", () => server.ask("PUT", "/api/contents/new.txt", text("x".repeat(50_000)))],
    [
      "the part of an upload",
      () => server.ask("PUT", "/api/contents/up.txt", { ...text("x".repeat(50_000)), chunk: 1 }),
    ],
    ["a checkpoint", () => server.ask("POST", "/api/contents/fill/checkpoints")],
    ["going back to a checkpoint", () => server.ask("POST", `${url}/checkpoints/checkpoint`)],
    ["a copy", () => server.ask("POST", "/api/contents", { copy_from: "a.ipynb" })],
  ];

  it.each(attempts)("refuses %s in one sentence, and leaves all as it was", async (_what, attempt) => {
    const { status, json } = await attempt();
    expect([status, json.message]).toEqual([
      507,
      expect.stringMatching(
        /^\S+: the disk must have space; nothing was saved, free some and save again, but got ENOSPC [^\n]*$/,
      ),
    ]);
    expect(fs.readFileSync(server.file("a.ipynb"), "utf8") === before).toBe(true);
    expect(fs.readdirSync(server.file()).sort()).toEqual([".ipynb_checkpoints", "a.ipynb", "fill"]);
    expect(fs.readdirSync(server.file(".ipynb_checkpoints"))).toEqual(["a-checkpoint.ipynb"]);
  });

  it("is no obstacle any more when there is space", async () => {
    expect((await server.ask("DELETE", "/api/contents/fill")).status).toBe(204);
    expect((await server.ask("PUT", url, notebook("after"))).status).toBe(200);
    expect((await server.ask("POST", `${url}/checkpoints/checkpoint`)).status).toBe(204);
    expect(fs.readFileSync(server.file("a.ipynb"), "utf8") === before).toBe(true);
    await server.stop();
  });
});

const isRoot = process.getuid?.() === 0;
const holdBack = ["--bounding-set", "-dac_override,-dac_read_search"];

const ways: { what: string; may: boolean; command: string; args: string[]; sentence: RegExp }[] = [
  {
    what: "a disk that cannot be written to",
    may: mayMount,
    command: "unshare",
    args: [
      "-rm",
      "sh",
      "-c",
      'mount -t tmpfs tmpfs "$0" && cp -r "$0-old/." "$0" && mount -o remount,ro "$0" && exec "$@"',
      folder,
    ],
    sentence: /the disk must be writable; nothing was saved, but got EROFS/,
  },
  {
    // Root may do all, unless it is held back.
    what: "a folder of somebody else's",
    may: !isRoot || spawnSync("setpriv", [...holdBack, "true"]).status === 0,
    command: isRoot ? "setpriv" : "env",
    args: isRoot ? holdBack : [],
    sentence: /you must have the right to do this; look at the file's owner and mode, but got EACCES/,
  },
];

describe.each(ways)("$what", ({ may, command, args, sentence }) => {
  it.skipIf(!may)("says so of each attempt, shows what is there, and changes nothing", async () => {
    for (const each of [folder, `${folder}-old`]) {
      fs.mkdirSync(path.join(each, ".ipynb_checkpoints"), { recursive: true });
      fs.writeFileSync(path.join(each, "a.ipynb"), JSON.stringify(notebook("1").content));
      fs.writeFileSync(path.join(each, ".ipynb_checkpoints/a-checkpoint.ipynb"), "{}");
      for (const [name, mode] of [
        ["a.ipynb", 0o444],
        [".ipynb_checkpoints", 0o555],
        [".", 0o555],
      ] as const)
        fs.chmodSync(path.join(each, name), mode);
    }
    const server = await DiskServer.start(command, ...args);
    const { json: model } = await server.ask("GET", url);
    expect([model.content.cells[0].source, model.writable]).toEqual(["1", false]);
    const attempts = [
      ["PUT", url, notebook("2")],
      ["PUT", "/api/contents/new.txt", text("x")],
      ["PUT", "/api/contents/up.txt", { ...text("x"), chunk: 1 }],
      ["POST", "/api/contents", { copy_from: "a.ipynb" }],
      ["POST", "/api/contents", { type: "directory" }],
      ["PATCH", url, { path: "b.ipynb" }],
      ["DELETE", url],
      ["POST", `${url}/checkpoints`],
      ["POST", `${url}/checkpoints/checkpoint`],
      ["DELETE", `${url}/checkpoints/checkpoint`],
    ] as const;
    for (const [method, address, body] of attempts) {
      const { status, json } = await server.ask(method, address, body);
      expect([status, json.message], `${method} ${address}`).toEqual([403, expect.stringMatching(sentence)]);
      expect(json.message).not.toContain("\n");
    }
    expect(fs.readdirSync(server.file()).sort()).toEqual([".ipynb_checkpoints", "a.ipynb"]);
    await server.stop();
    for (const each of [folder, `${folder}-old`]) spawnSync("chmod", ["-R", "u+w", each]);
    fs.rmSync(`${folder}-old`, { recursive: true });
  });
});
