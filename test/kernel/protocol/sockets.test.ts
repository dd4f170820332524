import { afterEach, expect, it } from "vitest";
import { Subscriber } from "zeromq";
import { addressOf, readConnection } from "../../../src/kernel/protocol/connection.ts";
import { bindSockets, type Sockets } from "../../../src/kernel/protocol/sockets.ts";
import { slowness } from "../support.ts";
import { newConnection, writeConnection } from "./client.ts";

let sockets: Sockets | undefined;
let talking: NodeJS.Immediate | undefined;
afterEach(async () => {
  clearImmediate(talking);
  await sockets?.close();
});

/** Binds the sockets of a kernel that greets its subscribers, and publishes `news` all the time. */
async function bind(): Promise<string> {
  const connection = readConnection(writeConnection(await newConnection()));
  sockets = await bindSockets(connection);
  const { iopub } = sockets;
  iopub.onFrames(([frame]) => {
    if (frame?.[0] === 1) iopub.out.push([frame.subarray(1), "greeting"]);
  });
  const talk = () => {
    iopub.out.push(["status", "news"]);
    talking = setImmediate(talk);
  };
  talk();
  return addressOf(connection, "iopub");
}

function connect(address: string, ...topics: string[]): Subscriber {
  const subscriber = new Subscriber({ linger: 0, receiveTimeout: 10_000 * slowness });
  subscriber.connect(address);
  subscriber.subscribe(...topics);
  return subscriber;
}

const next = async (subscriber: Subscriber) => String((await subscriber.receive()).at(-1));

it("greet a subscriber before it hears anything, whatever is published meanwhile", async () => {
  const address = await bind();
  for (let round = 0; round < 30; round++) {
    const subscriber = connect(address);
    expect(await next(subscriber)).toBe("greeting");
    expect(await next(subscriber)).toBe("news");
    subscriber.close();
  }
});

it("send a subscriber only what it asked for, as long as it does", async () => {
  const address = await bind();
  const [some, other] = [connect(address, "stat"), connect(address, "other")];
  expect([await next(some), await next(some), await next(other)]).toEqual(["greeting", "news", "greeting"]);
  expect(await Promise.race([next(other), later()])).toBe("silence");
  some.unsubscribe("stat");
  for (let last = ""; last !== "silence"; ) last = await Promise.race([next(some).catch(String), later()]);
  for (const each of [some, other]) each.close();
});

const later = () => new Promise<string>(resolve => setTimeout(resolve, 500 * slowness, "silence"));
