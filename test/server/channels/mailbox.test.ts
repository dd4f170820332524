import { describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { newMessage } from "../../../src/kernel/protocol/message.ts";
import { fromMessage } from "../../../src/server/channels/compose.ts";
import { framingJson, framingV1 } from "../../../src/server/channels/framing.ts";
import { Mailbox } from "../../../src/server/channels/mailbox.ts";
import { ChannelMessage, type Parts } from "../../../src/server/channels/message.ts";

/** A socket whose other end reads only when it is told to. */
class SlowSocket {
  readonly OPEN = 1;
  readyState = 1;
  protocol = "";
  readonly got: string[] = [];
  readonly #sent: (() => void)[] = [];
  isTerminated = false;

  send(data: string, _options: object, sent: () => void): void {
    this.got.push(data);
    this.#sent.push(sent);
  }

  read(): void {
    for (const sent of this.#sent.splice(0)) sent();
  }

  terminate(): void {
    this.isTerminated = true;
  }

  get contents(): { text?: string; state?: string }[] {
    return this.got.map(each => JSON.parse(each).content);
  }
}

const parent = newMessage("execute_request", {}, {}).header;
const stream = (text: string) => fromMessage("iopub", newMessage("stream", { name: "stdout", text }, { parent }));
const status = (state: string) => fromMessage("iopub", newMessage("status", { state }, { parent }));
const open = (mailbox: Mailbox) => {
  const socket = new SlowSocket();
  mailbox.open(socket as unknown as WebSocket);
  return socket;
};

describe("a mailbox", () => {
  it("sends no more at once than its page reads, and nothing out of order", () => {
    const mailbox = new Mailbox("page", { inFlight: 5000, waiting: 10 ** 6 });
    const socket = open(mailbox);
    for (let i = 0; i < 100; i++) mailbox.post(stream(`${i} `.padEnd(500)));
    expect(socket.got.length).toBeLessThan(10);
    while (mailbox.waiting > 0) socket.read();
    expect(socket.contents.map(({ text }) => Number(text))).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it("says in its place that a message was left out that cannot be sent, and sends what follows", () => {
    const mailbox = new Mailbox("page", { inFlight: 1, waiting: 10 ** 6 });
    const socket = open(mailbox);
    const [, parentHeader, metadata, content] = stream("lost").parts;
    const broken = new ChannelMessage("iopub", [Buffer.from("no JSON"), parentHeader, metadata, content], []);
    for (const message of [stream("one"), broken, stream("two")]) mailbox.post(message);
    while (mailbox.waiting > 0) socket.read();
    expect(socket.contents.map(({ text }) => text)).toEqual(["one", expect.stringContaining("left out"), "two"]);
  });

  it("keeps what comes while nobody is there, and gives it to who comes back", () => {
    const mailbox = new Mailbox("page");
    const first = open(mailbox);
    mailbox.post(stream("one"));
    mailbox.close(first as unknown as WebSocket);
    mailbox.post(stream("two"));
    const second = open(mailbox);
    mailbox.post(stream("three"));
    expect(first.contents.map(({ text }) => text)).toEqual(["one"]);
    expect(second.contents.map(({ text }) => text)).toEqual(["two", "three"]);
  });

  it("ends the socket that a page left behind, and does not heed its end", () => {
    const mailbox = new Mailbox("page");
    const [first, second] = [open(mailbox), open(mailbox)];
    expect(first.isTerminated).toBe(true);
    expect(mailbox.close(first as unknown as WebSocket)).toBe(false);
    mailbox.post(stream("on"));
    expect(second.contents).toHaveLength(1);
  });

  it("leaves out the oldest outputs past its limit, says how many, and no state or answer", () => {
    const mailbox = new Mailbox("page", { inFlight: 10 ** 9, waiting: 100_000 });
    mailbox.post(status("busy"));
    for (let i = 0; i < 5000; i++) mailbox.post(stream(`${i}`.padEnd(100)));
    mailbox.post(status("idle"));
    const { contents } = open(mailbox);
    expect(contents[0]?.state).toBe("busy");
    expect(contents.at(-1)?.state).toBe("idle");
    const notices = contents.filter(({ text }) => text?.startsWith("[lectern: "));
    const rest = contents.filter(({ text }) => text?.match(/^\d+ /)).map(({ text }) => Number(text));
    expect(notices).toHaveLength(1);
    expect(Number(/\d+/.exec(notices[0]?.text ?? "")?.[0]) + rest.length).toBe(5000);
    expect(rest).toEqual(Array.from({ length: rest.length }, (_, i) => 5000 - rest.length + i));
  });
});

describe("both framings", () => {
  const parts = [{ msg_id: "1", msg_type: "é∂🙂" }, {}, { a: [] }, { big: "x".repeat(70_000) }].map(each =>
    Buffer.from(JSON.stringify(each)),
  ) as Parts;
  const buffers = [Buffer.alloc(0), Buffer.from([0, 255]), Buffer.alloc(70_000, 7)];

  it.each([
    ["v1", framingV1],
    ["JSON", framingJson],
  ] as const)("%s gives back what it was given, buffers too", (_name, framing) => {
    for (const some of [[], buffers]) {
      const { data, isBinary } = framing.encode(new ChannelMessage("shell", parts, some));
      const back = framing.decode(Buffer.from(data), isBinary);
      expect([back.channel, back.header, back.metadata, back.content]).toEqual([
        "shell",
        ...[0, 2, 3].map(i => JSON.parse(String(parts[i]))),
      ]);
      expect(back.buffers.map(each => Buffer.from(each))).toEqual(some);
    }
  });
});
