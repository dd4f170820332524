// A kernel as there were many: it welcomes nobody, and knows only of signals.
import { Publisher, Reply, Router } from "zeromq";
import { addressOf, readConnection } from "../../dist/kernel/protocol/connection.js";
import { newMessage } from "../../dist/kernel/protocol/message.js";
import { Wire } from "../../dist/kernel/protocol/wire.js";

const connection = readConnection(process.argv[2]);
const wire = new Wire(connection);
const iopub = new Publisher();
await iopub.bind(addressOf(connection, "iopub"));
const sealed = (identities, message) => {
  const parts = [message.header, message.parent, message.metadata, message.content];
  return wire.seal(
    identities,
    parts.map(part => Buffer.from(JSON.stringify(part))),
    [],
  );
};
const publish = (type, content, parent) => iopub.send(sealed([], newMessage(type, content, { parent })));

let interrupted = () => {};
process.on("SIGINT", () => interrupted());

async function answer(socket, frames) {
  const { identities, parts } = wire.open(frames);
  const parent = JSON.parse(String(Buffer.from(parts[0])));
  const { code } = JSON.parse(String(Buffer.from(parts[3])));
  const type = parent.msg_type;
  if (type === "shutdown_request") process.exit(0);
  await publish("status", { execution_state: "busy" }, parent);
  if (type === "execute_request") {
    if (code === "wait") await new Promise(resolve => (interrupted = resolve));
    await publish("stream", { name: "stdout", text: `did ${code}` }, parent);
  }
  const reply = newMessage(type.replace("request", "reply"), { status: "ok", execution_count: 1 }, { parent });
  await socket.send(sealed(identities, reply));
  await publish("status", { execution_state: "idle" }, parent);
}

for (const channel of ["shell", "control"]) {
  const socket = new Router();
  await socket.bind(addressOf(connection, channel));
  void (async () => {
    for await (const frames of socket) await answer(socket, frames);
  })();
}
const stdin = new Router();
await stdin.bind(addressOf(connection, "stdin"));
const heartbeat = new Reply();
await heartbeat.bind(addressOf(connection, "hb"));
