import { dirname, resolve } from "node:path";
import { dependenciesOf } from "../dependencies.ts";
import type { Notebook } from "../types.ts";

/** What a notebook needs to run elsewhere: programs, packages in their versions, and files that it imports. */
export interface Needs {
  node: string;
  /** `name@version`, in order. */
  packages: string[];
  /** Files within the package that the notebook lies in, in order. */
  files: string[];
  /** The folder of the notebook within that package; empty for its root. */
  folder: string;
}

/** Looks at what the cells import, and at what that imports. */
export async function readNeeds(path: string, notebook: Notebook): Promise<Needs> {
  const { home, files, packages, inside } = await dependenciesOf(path, notebook);
  const version = (name: string) =>
    home.lockedVersion(name) === "not locked" ? name : `${name}@${home.lockedVersion(name)}`;
  return {
    node: "20.19",
    packages: [...packages]
      .filter(each => each !== "")
      .sort()
      .map(version),
    files: [...files.keys()].map(inside).sort(),
    folder: inside(dirname(resolve(path))),
  };
}

/** The same for the reader of a starter, in Markdown. */
export function needsInWords(name: string, { node, packages, files, folder }: Needs): string {
  const folders = [...new Set(files.map(file => file.split("/").slice(0, -1).join("/").split("/")[0] || "."))].sort();
  const here = folder === "" ? "the folder of the course" : `\`${folder}\` or a folder beside it, such as \`work\``;
  const lines = [
    `*To run this notebook* you need [Node](https://nodejs.org) ${node} or later and the folder of the course. Put this file into ${here}, then:`,
    "",
    "```sh",
    "npm ci",
    `npx lectern open ${folder === "" ? "" : "work/"}${name}.ipynb`,
    "```",
    "",
    ...(files.length > 0
      ? [
          `It imports from ${folders.map(each => `\`${each}\``).join(", ")} of that folder, ${files.length === 1 ? "one file" : `${files.length} files`}.`,
        ]
      : []),
    ...(files.length === 0 && packages.length > 0
      ? [`Packages: ${packages.map(each => `\`${each}\``).join(", ")}.`]
      : []),
    "",
    "Write your answers in place of `unanswered()`; the checks stay as they are. What you hand in is run again, with the checks of the lecture.",
  ];
  return lines.join("\n").trimEnd();
}
