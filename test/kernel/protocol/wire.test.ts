import net from "node:net";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeWorkspace } from "../support.ts";
import { stopAll, TestKernel } from "./client.ts";

const workspace = makeWorkspace();
let kernel: TestKernel;

beforeAll(async () => {
  kernel = await TestKernel.start({ directory: workspace.notebooks });
  await kernel.run("let reached = 0;");
});
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

const execute = { code: "reached++", silent: false, store_history: true, user_expressions: {}, allow_stdin: false };

it("drops a request with a wrong signature, and answers the next", async () => {
  const wrong: (string | Buffer)[][] = [
    kernel.frames("execute_request", execute, "unsigned", ""),
    kernel.frames("execute_request", execute, "another key", "another key"),
    kernel.frames("execute_request", execute, "too short").with(1, "abc"),
    kernel.frames("execute_request", execute, "changed").with(5, JSON.stringify({ ...execute, code: "reached = 2" })),
  ];
  for (const frames of wrong) await kernel.sendFrames("shell", frames);
  expect((await kernel.run("reached")).value).toBe("0");
  expect(kernel.stderr.match(/must be signed with the connection's key/g)).toHaveLength(wrong.length);
});

it("signs nothing and checks nothing where the client wants no key", async () => {
  const open = await TestKernel.start({ directory: workspace.notebooks, key: "" });
  expect((await open.ask("kernel_info_request")).content.status).toBe("ok");
  await open.stop();
});

it("lives on after bytes that are not ZeroMQ", async () => {
  for (const name of ["shell", "iopub", "stdin", "control", "hb"]) {
    const socket = net.connect(Number(kernel.connection[`${name}_port`]), "127.0.0.1");
    socket.on("error", () => {});
    await new Promise(resolve => socket.end(Buffer.alloc(100_000, 0xa5), () => resolve(undefined)));
    socket.destroy();
  }
  await kernel.heartbeat();
  expect((await kernel.ask("kernel_info_request")).content.status).toBe("ok");
});

it("lives on after 10,000 malformed messages, runs none of them, and answers", async () => {
  const malformed = malformer(20240607);
  const channels = ["shell", "control", "stdin"] as const;
  for (let i = 0; i < 10_000; i++) {
    await kernel.sendFrames(channels[i % 3] as (typeof channels)[number], malformed());
    // Now and then the kernel must show that it is not only swallowing.
    if (i % 1000 === 0) expect((await kernel.ask("kernel_info_request", {}, "control")).content.status).toBe("ok");
  }
  for (const channel of ["shell", "control"] as const) {
    expect((await kernel.ask("kernel_info_request", {}, channel)).content.status).toBe("ok");
  }
  expect((await kernel.run("reached")).value).toBe("0");
  await kernel.heartbeat();
  expect(kernel.exit).toBeUndefined();
  // A client that floods must not fill the log of its server.
  expect(kernel.stderr.length).toBeLessThan(100_000);
});

/** Messages each of which is wrong in one way, from a seed. */
function malformer(seed: number): () => (string | Buffer)[] {
  const generator = xoroshiro128plus(seed);
  const below = (limit: number) => uniformInt(generator, 0, limit - 1);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => below(256)));
  const valid = () => kernel.frames("execute_request", execute);
  const signed = (...parts: string[]) => ["<IDS|MSG>", kernel.sign(parts), ...parts];
  const header = (fields: object) =>
    JSON.stringify({ msg_id: "m", session: "s", username: "u", version: "5.4", ...fields });
  const replied = ["complete", "inspect", "is_complete", "history", "comm_info", "debug"].map(
    each => `${each}_request`,
  );
  const types = [...replied, "comm_open", "comm_msg", "comm_close", "input_reply"];
  const fields = ["code", "cursor_pos", "detail_level", "hist_access_type", "n", "pattern", "comm_id", "target_name"];
  const odd = [null, true, -1, 1e300, "", "\u0000", "😀", [], [[]], {}, { a: { b: [] } }, "x".repeat(5000)];
  const oddContent = () => JSON.stringify(Object.fromEntries(fields.map(name => [name, pick(odd)])));
  const unsigned: (() => (string | Buffer)[])[] = [
    () => valid().with(1, bytes(64).toString("hex").slice(0, below(65))),
    () => valid().slice(0, below(6)),
    () => valid().toSpliced(below(5) + 1, 1),
    () => valid().map(frame => frame.slice(0, below(frame.length + 1))),
    () => valid().with(2 + below(4), bytes(below(200))),
    () => Array.from({ length: below(10) + 1 }, () => bytes(below(50))),
    () => [bytes(20), ...valid().slice(1)],
    () => ["", "", "", ...valid().slice(2)],
    () => Array.from({ length: 300 }, () => "<IDS|MSG>"),
  ];
  const wellSigned: (() => (string | Buffer)[])[] = [
    () => signed(header({ msg_type: "unknown_request" }), "{}", "{}", "{}"),
    () => signed(header({ msg_type: pick(types) }), "{}", "{}", oddContent()),
    () => signed(header({ msg_type: pick(types) }), pick(["[]", "null", "1", '"text"', "{", ""]), "{}", "{}"),
    () => signed(header({ msg_type: pick(types) }), "{}", "{}", pick(["[]", "null", "1", "{]", "\u0000"])),
    () => signed(header({ msg_type: pick(odd) }), "{}", "{}", "{}"),
    () => signed(header({ msg_id: pick(odd), msg_type: "kernel_info_request" }), "{}", "{}", "{}"),
    () =>
      signed(
        header({ msg_type: pick(["__proto__", "constructor", "toString"]) }),
        "{}",
        "{}",
        '{"__proto__": {"x": 1}}',
      ),
    () => signed(header({ msg_type: "is_complete_request" }), "{}", "{}", `${"[".repeat(3000)}${"]".repeat(3000)}`),
  ];
  let count = 0;
  return () => {
    if (++count % 2000 === 0) return [...valid().slice(0, 2), Buffer.alloc(20_000_000, count), "{}", "{}", "{}"];
    return pick(below(10) < 7 ? unsigned : wellSigned)();
  };
}
