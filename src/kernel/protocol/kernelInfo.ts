import fs from "node:fs";
import { createRequire } from "node:module";
import { type Content, protocolVersion } from "./message.ts";

/** The content of a `kernel_info_reply`. */
export function kernelInfo(): Content {
  const typescript = versionOf(createRequire(import.meta.url).resolve("typescript/package.json"));
  const own = versionOf(new URL("../../../package.json", import.meta.url));
  return {
    status: "ok",
    protocol_version: protocolVersion,
    implementation: "lectern",
    implementation_version: own,
    language_info: {
      name: "typescript",
      version: typescript,
      file_extension: ".ts",
      mimetype: "text/x-typescript",
      pygments_lexer: "typescript",
      // The name under which JupyterLab has it; of a mode of JavaScript with TypeScript it takes JavaScript alone.
      codemirror_mode: "typescript",
      nbconvert_exporter: "script",
    },
    banner: `lectern ${own}: TypeScript ${typescript} on Node ${process.version}`,
    debugger: true,
    supported_features: ["debugger"],
    help_links: [
      { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
      { text: "Node.js", url: "https://nodejs.org/docs/latest/api/" },
    ],
  };
}

function versionOf(file: string | URL): string {
  return (JSON.parse(fs.readFileSync(file, "utf8")) as { version: string }).version;
}
