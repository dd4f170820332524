// The server as Jupyter's own tests want it: for each line of the standard input, which names a folder, one on that
// folder in place of the one before; its port and token on the standard output.
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";
import { kernelSpec } from "../../../dist/kernel/protocol/kernelSpec.js";
import { startServer } from "../../../dist/server/index.js";

const repository = fileURLToPath(new URL("../../..", import.meta.url));
let server;
for await (const root of readline.createInterface({ input: process.stdin })) {
  await server?.close();
  server = await startServer({
    root,
    mode: "plain",
    kernel: kernelSpec(path.join(repository, "dist", "cli", "main.js")),
    logos: path.join(repository, "src", "cli", "logos"),
    page: path.join(repository, "dist", "page"),
    library: repository,
    version: "test",
    renderHandout: async () => "",
  });
  console.log(JSON.stringify({ port: server.port, token: server.token }));
}
await server?.close();
process.exit(0);
