import { randomUUID } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { WebSocket } from "ws";
import { kernelSpec } from "../../src/kernel/protocol/kernelSpec.ts";
import { type RunningServer, type ServerOptions, startServer } from "../../src/server/index.ts";
import { makeWorkspace, repository, slowness, type Workspace } from "../kernel/support.ts";

const running = new Set<TestServer>();

/** Ends every server of this test file. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map(each => each.stop()));
}

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of any shape; what it should hold is what the tests say.
  json: any;
}

/** A server on a folder of its own. */
export class TestServer {
  private constructor(
    readonly server: RunningServer,
    readonly workspace: Workspace,
  ) {
    running.add(this);
  }

  static async start(
    options: Partial<ServerOptions> = {},
    files: Record<string, string> = {},
    workspace: Workspace = makeWorkspace(files),
  ): Promise<TestServer> {
    const page = path.dirname(workspace.write("page/index.html", pageTemplate));
    const server = await startServer({
      root: workspace.root,
      mode: "plain",
      kernel: kernelSpec(path.join(repository, "dist", "cli", "main.js")),
      logos: path.join(repository, "src", "cli", "logos"),
      page,
      library: repository,
      version: "0.0.0",
      renderHandout: async ({ cells }) => `<!doctype html><title>handout of ${cells.length} cells</title>`,
      ...options,
    });
    return new TestServer(server, workspace);
  }

  async stop(): Promise<void> {
    running.delete(this);
    await this.server.close();
    this.workspace.remove();
  }

  /** A request with the token, unless other headers are given. */
  async ask(
    method: string,
    url: string,
    body?: unknown,
    headers: Record<string, string> = this.authorization,
  ): Promise<Answer> {
    return askServer(this.server.port, method, url, body, headers);
  }

  get authorization(): Record<string, string> {
    return { authorization: `token ${this.server.token}` };
  }

  get(url: string): Promise<Answer> {
    return this.ask("GET", url);
  }

  /** The status with which a websocket is refused; 101 where it is not. */
  async upgrade(url: string, headers: Record<string, string>): Promise<number> {
    const socket = new WebSocket(`ws://127.0.0.1:${this.server.port}${url}`, { headers });
    return new Promise((resolve, reject) => {
      socket.once("open", () => {
        socket.close();
        resolve(101);
      });
      socket.once("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
      socket.once("error", reject);
    });
  }

  /** A kernel that is there to run cells. */
  async startKernel(): Promise<string> {
    const { json } = await this.ask("POST", "/api/kernels");
    await until(async () => (await this.get(`/api/kernels/${json.id}`)).json.execution_state === "idle");
    return json.id;
  }

  /** The cookie of a browser that followed the first URL. */
  async cookie(): Promise<string> {
    const { headers } = await this.ask("GET", `/?token=${this.server.token}`, undefined, { accept: "text/html" });
    return String(headers["set-cookie"]).split(";")[0] ?? "";
  }
}

/** A request to a server of this machine. */
export async function askServer(
  port: number,
  method: string,
  url: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  // Not `fetch`, which forbids some headers and mends some paths.
  const request = http.request({ host: "127.0.0.1", port, path: url, method, headers });
  request.end(body === undefined || typeof body === "string" ? body : JSON.stringify(body));
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  // A server that refuses a large body does not read it to its end.
  request.on("error", () => {});
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  const isJson = response.headers["content-type"]?.includes("json");
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}

const pageTemplate = `<!doctype html><script id="jupyter-config-data" type="application/json">{}</script>`;

/** Waits until it is so; fails when that takes too long, even for this machine now. */
export async function until(isSo: () => Promise<boolean> | boolean, what = "it"): Promise<void> {
  const deadline = Date.now() + 20_000 * slowness;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`until: ${what} must come to be so, but did not`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

// biome-ignore lint/suspicious/noExplicitAny: messages of any type.
export type Json = any;

/** A page's connection to a kernel, in the JSON framing, written against the protocol and not our code. */
export class Page {
  readonly messages: Json[] = [];
  closed: { code: number } | undefined;

  private constructor(
    readonly socket: WebSocket,
    readonly session: string,
  ) {
    socket.on("message", (data, isBinary) => {
      if (!isBinary) this.messages.push(JSON.parse(String(data)));
    });
    socket.on("close", code => {
      this.closed = { code };
    });
  }

  static async open(server: TestServer, kernel: string, session: string = randomUUID()): Promise<Page> {
    const url = `/api/kernels/${kernel}/channels?session_id=${session}`;
    return Page.openAt(server, url, server.authorization, session);
  }

  static async openAt(
    server: TestServer,
    url: string,
    headers: Record<string, string>,
    session: string = randomUUID(),
  ): Promise<Page> {
    const socket = new WebSocket(`ws://127.0.0.1:${server.server.port}${url}`, { headers });
    const page = new Page(socket, session);
    await once(socket, "open");
    return page;
  }

  send(type: string, content: object, channel = "shell", metadata: object = {}): string {
    const id = randomUUID();
    this.socket.send(JSON.stringify(requestOf(id, type, content, channel, this.session, metadata)));
    return id;
  }

  execute(code: string, cellId?: string): string {
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: true,
      stop_on_error: true,
    };
    return this.send("execute_request", content, "shell", cellId === undefined ? {} : { cellId });
  }

  of(id: string, type?: string): Json[] {
    return this.messages.filter(
      each => each.parent_header?.msg_id === id && (type === undefined || each.header.msg_type === type),
    );
  }

  /** Waits for the reply and the end of the outputs. */
  async finished(id: string): Promise<Json> {
    const isIdle = () => this.of(id, "status").some(each => each.content.execution_state === "idle");
    await until(() => isIdle() && this.of(id, "execute_reply").length > 0, "the cell's end");
    return this.of(id, "execute_reply")[0].content;
  }

  text(id: string): string {
    return this.of(id, "stream")
      .map(each => each.content.text)
      .join("");
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.socket.close();
    await until(() => this.closed !== undefined, "the socket's end");
  }
}

export function requestOf(
  id: string,
  type: string,
  content: object,
  channel: string,
  session: string,
  metadata: object = {},
) {
  const header = {
    msg_id: id,
    msg_type: type,
    session,
    username: "tester",
    date: new Date().toISOString(),
    version: "5.4",
  };
  return { header, parent_header: {}, metadata, content, channel, buffers: [] };
}

export function write(folder: string, name: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
}
