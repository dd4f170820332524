import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { stopAll, TestServer } from "./support.ts";

// Each promise is tried as somebody would who wants to break it.

let server: TestServer;
let cookie: string;
let outside: string;
let kernel: string;
let own: string;

beforeAll(async () => {
  outside = fs.mkdtempSync(path.join(os.tmpdir(), "lectern-outside-"));
  fs.writeFileSync(path.join(outside, "secret.txt"), "secret");
  server = await TestServer.start({}, { "inside.txt": "inside" });
  fs.symlinkSync(outside, path.join(server.workspace.root, "link"));
  fs.symlinkSync(path.join(outside, "secret.txt"), path.join(server.workspace.root, "linked.txt"));
  fs.symlinkSync(path.join(outside, "new.txt"), path.join(server.workspace.root, "dangling.txt"));
  cookie = await server.cookie();
  kernel = await server.startKernel();
  own = `http://127.0.0.1:${server.server.port}`;
});
afterAll(async () => {
  await stopAll();
  fs.rmSync(outside, { recursive: true });
});

const websockets = () => [`/api/kernels/${kernel}/channels`, "/api/events/subscribe"];

describe("only this machine", () => {
  it("listens on the loopback address, so others on the network find nothing", async () => {
    expect(server.server.address).toMatch(/^http:\/\/127\.0\.0\.1:/);
    const [address] = Object.values(os.networkInterfaces())
      .flatMap(each => each ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    if (address) await expect(fetch(`http://${address.address}:${server.server.port}/`)).rejects.toThrow();
  });

  it("refuses a name that was rebound to this machine, even with the cookie", async () => {
    for (const host of [
      "evil.example",
      `evil.example:${server.server.port}`,
      "127.0.0.1.evil.example",
      "localhost.evil.example",
      "[::1].evil.example",
    ]) {
      expect((await server.ask("GET", "/api/contents", undefined, { host, cookie })).status, host).toBe(403);
      for (const url of websockets())
        expect(await server.upgrade(url, { host, cookie, origin: `http://${host}` }), url).toBe(403);
    }
    expect(
      (await server.ask("GET", "/api/contents", undefined, { host: `localhost:${server.server.port}`, cookie })).status,
    ).toBe(200);
  });
});

describe("only who has the token", () => {
  it("refuses every address without it, pages, files, data and websockets", async () => {
    const urls = [
      "/",
      "/open/inside.txt",
      "/static/index.html",
      "/files/inside.txt",
      "/api",
      "/api/status",
      "/api/contents",
      "/api/kernels",
      "/lectern/kernels",
      "/nowhere",
    ];
    for (const headers of [
      {},
      { authorization: "token wrong" },
      { cookie: `${cookie.split("=")[0]}=wrong` },
      { authorization: "token " },
    ]) {
      for (const url of urls)
        expect((await server.ask("GET", url, undefined, headers as Record<string, string>)).status, url).toBe(403);
      for (const url of websockets())
        expect(await server.upgrade(url, headers as Record<string, string>), url).toBe(403);
    }
    expect((await server.ask("POST", "/api/kernels?token=wrong", {}, {})).status).toBe(403);
  });

  it("takes the token from a header, or from the address", async () => {
    for (const word of ["token", "Bearer"]) {
      expect(
        (await server.ask("GET", "/api/contents", undefined, { authorization: `${word} ${server.server.token}` }))
          .status,
      ).toBe(200);
    }
    expect((await server.ask("GET", `/api/contents?token=${server.server.token}`, undefined, {})).status).toBe(200);
  });

  it("gives a browser a cookie that no script reads and no other site sends, and takes the token out of the address", async () => {
    const { headers, text } = await server.ask("GET", `/open/inside.txt?token=${server.server.token}`, undefined, {
      accept: "text/html",
    });
    expect(String(headers["set-cookie"])).toMatch(/; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(text).toContain('url=/open/inside.txt"');
    expect(text).not.toContain(server.server.token);
    expect(headers["referrer-policy"]).toBe("no-referrer");
  });

  it("leads nowhere else after that, whatever the address says", async () => {
    for (const url of ["//evil.example/", "/open//evil.example", '/open/"><script>alert(1)</script>']) {
      const { text } = await server.ask("GET", `${encodeURI(url)}?token=${server.server.token}`, undefined, {
        accept: "text/html",
      });
      expect(text).not.toMatch(/url=\/\/|<script/);
    }
  });
});

describe("only our own page", () => {
  const hostile = () => [
    "http://evil.example",
    "null",
    `http://localhost:${server.server.port + 1}`,
    `http://localhost:${server.server.port}`,
    `https://127.0.0.1:${server.server.port}`,
  ];

  it("refuses a websocket that another site's page opens, though its browser sends the cookie", async () => {
    for (const origin of hostile())
      for (const url of websockets()) expect(await server.upgrade(url, { cookie, origin }), origin).toBe(403);
    for (const url of websockets()) expect(await server.upgrade(url, { cookie, origin: own }), url).toBe(101);
  });

  it("refuses what another site's page sends, forms among it", async () => {
    for (const origin of hostile()) {
      const headers = { cookie, origin, "content-type": "text/plain" };
      expect((await server.ask("POST", "/api/kernels", {}, headers)).status, origin).toBe(403);
      expect((await server.ask("DELETE", "/api/contents/inside.txt", undefined, headers)).status, origin).toBe(403);
      expect((await server.ask("POST", `/api/kernels/${kernel}/restart`, undefined, headers)).status, origin).toBe(403);
    }
    expect(fs.existsSync(path.join(server.workspace.root, "inside.txt"))).toBe(true);
  });

  it("refuses to be read, framed or embedded by a page on another port, which counts as the same site", async () => {
    for (const [site, mode, dest] of [
      ["same-site", "no-cors", "script"],
      ["cross-site", "no-cors", "image"],
      ["same-site", "navigate", "iframe"],
      ["same-site", "cors", "empty"],
    ] as const) {
      const headers = { cookie, "sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest };
      expect((await server.ask("GET", "/api/contents/inside.txt", undefined, headers)).status).toBe(403);
    }
    const { headers } = await server.ask("GET", "/", undefined, { cookie });
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
  });

  it("lets a link lead here", async () => {
    const headers = {
      cookie,
      "sec-fetch-site": "same-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    };
    expect((await server.ask("GET", "/", undefined, headers)).status).toBe(200);
  });
});

describe("only the folder that was opened", () => {
  const ways = [
    "../secret.txt",
    "..%2fsecret.txt",
    "%2e%2e/secret.txt",
    "a/../../secret.txt",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "..\\secret.txt",
    "....//secret.txt",
    "link/secret.txt",
    "linked.txt",
    "inside.txt%00.png",
  ];

  it("gives nothing outside it, whichever way the path goes", async () => {
    fs.writeFileSync(path.join(server.workspace.root, "..", "secret.txt"), "secret");
    for (const base of [
      "/api/contents/",
      "/files/",
      "/open/",
      "/lectern/source/",
      "/lectern/handout/",
      "/static/",
      "/kernelspecs/lectern/",
    ]) {
      for (const way of ways) {
        const { text } = await server.get(base + way);
        expect(text, base + way).not.toContain("root:");
        expect(text, base + way).not.toMatch(/^secret|"content":"secret"/);
      }
    }
    fs.rmSync(path.join(server.workspace.root, "..", "secret.txt"));
  });

  it("writes and deletes nothing outside it, by links neither", async () => {
    const model = { type: "file", format: "text", content: "taken over" };
    for (const way of [...ways, "link/new.txt", "dangling.txt"]) {
      await server.ask("PUT", `/api/contents/${way}`, model);
      await server.ask("POST", `/api/contents/${way}/checkpoints`);
      await server.ask("DELETE", `/api/contents/${way}`);
      await server.ask("PATCH", "/api/contents/inside.txt", { path: decodeURIComponent(way) });
      await server.ask("POST", "/api/contents/link", { copy_from: "inside.txt" });
      await server.ask("POST", "/api/contents", { copy_from: decodeURIComponent(way) });
    }
    expect(fs.readdirSync(outside)).toEqual(["secret.txt"]);
    expect(fs.readFileSync(path.join(outside, "secret.txt"), "utf8")).toBe("secret");
    const { json } = await server.get("/api/contents");
    expect(json.content.map((each: { name: string }) => each.name)).not.toContain("link");
  });
});

describe("only our own scripts", () => {
  it("lets the page run scripts of this server and no others", async () => {
    const { headers } = await server.ask("GET", "/", undefined, { cookie });
    expect(headers["content-security-policy"]).toMatch(/(^|; )script-src 'self'(;|$)/);
    expect(headers["content-security-policy"]).toMatch(/object-src 'none'/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });

  it("keeps a path from ending the configuration", async () => {
    const { text } = await server.ask(
      "GET",
      `/open/${encodeURIComponent("</script><script>alert(1)</script>")}`,
      undefined,
      { cookie },
    );
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).toContain("\\u003c/script>");
  });

  it("shows files and data as nothing that could run here", async () => {
    server.workspace.write("evil.html", "<script>fetch('/api/contents')</script>");
    server.workspace.write("evil.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
    for (const name of ["evil.html", "evil.svg"]) {
      expect((await server.get(`/files/${name}`)).headers["content-security-policy"]).toMatch(
        /^sandbox; default-src 'none'/,
      );
    }
    expect((await server.get("/api/contents/evil.html")).headers["content-security-policy"]).toContain(
      "default-src 'none'",
    );
  });
});

describe("the terminal", () => {
  it("is told once, in words, what a browser refused, and is not driven by it", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    const report = {
      "csp-report": { "blocked-uri": "https://evil.example/\u001b[31m\u009b2J", "effective-directive": "img-src" },
    };
    for (const body of [report, report, "x", 5, { "csp-report": { "blocked-uri": {} } }, null, "é".repeat(100_000)])
      await server.ask("POST", "/api/security/csp-report", JSON.stringify(body));
    const lines = said.mock.calls.map(([line]) => String(line));
    said.mockRestore();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /the page asked for https:\/\/evil\.example\/\S+, which its policy does not allow \(img-src\)/,
    );
    expect(lines.join("")).not.toMatch(/[\p{Cc}]/u);
  });
});

describe("limits", () => {
  it("refuses a body that is too large for what it is", async () => {
    const { status } = await server.ask("POST", "/api/sessions", { path: "x".repeat(5 * 2 ** 20) });
    expect(status).toBe(413);
  });

  it("closes a websocket that speaks nonsense, and goes on with the others", async () => {
    const { WebSocket } = await import("ws");
    const url = `ws://127.0.0.1:${server.server.port}/api/kernels/${kernel}/channels`;
    const nonsense = [
      "no JSON",
      "{}",
      '{"header":{"msg_id":1}}',
      "[]",
      "null",
      '{"channel":"iopub-x","header":{"msg_id":"1","msg_type":"t"}}',
      // What is said of it is longer than the reason of a closing may be, in bytes though not in letters.
      `{"channel":"${"é".repeat(50)}","header":{"msg_id":"1","msg_type":"t"}}`,
      "あ".repeat(50),
      Buffer.from([1, 2, 3]),
      Buffer.alloc(64, 255),
    ];
    for (const protocols of [[], ["v1.kernel.websocket.jupyter.org"]]) {
      for (const data of nonsense) {
        const socket = new WebSocket(url, protocols, { headers: server.authorization });
        await new Promise(resolve => socket.once("open", resolve));
        socket.send(data);
        expect(await new Promise(resolve => socket.once("close", resolve)), String(data)).toBe(1007);
      }
    }
    expect((await server.get(`/api/kernels/${kernel}`)).json.execution_state).toBe("idle");
  });

  it("answers a body that is no JSON with a sentence", async () => {
    const { status, json } = await server.ask("PUT", "/api/contents/inside.txt", "{ not JSON");
    expect(status).toBe(400);
    expect(json.message).toContain("Invalid JSON in body of request");
  });
});
