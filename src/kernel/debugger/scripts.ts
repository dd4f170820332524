import type { Debugger } from "node:inspector";
import { fileURLToPath } from "node:url";
import type { Position } from "../transform/positions.ts";
import { codePath } from "./codeIds.ts";
import type { ScriptFacts } from "./inside.ts";
import type { Inspector } from "./inspector.ts";

/** A script of the user: a run of a cell, or a local module. */
export interface UserScript {
  id: string;
  url: string;
  /** By which the debugger's clients know it. */
  path: string;
  /** For people. */
  name: string;
  facts: ScriptFacts;
}

/** Where code may stop, and where in the source that is. */
export interface Stopping {
  location: Debugger.Location;
  source: Position;
}

/** Scripts that are never the user's: the kernel's own, node's, and packages. */
export const foreign: readonly string[] = [
  "^node:",
  "^lectern:",
  "/node_modules/",
  `^${new URL("../..", import.meta.url).href.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`,
];

const isForeign = new RegExp(foreign.join("|"));

/** The user's scripts as the inspector tells of them. */
export class Scripts {
  readonly #urls = new Map<string, string>();
  readonly #known = new Map<string, Promise<UserScript | undefined>>();

  constructor(
    readonly inspector: Inspector,
    parsed: (id: string) => void,
  ) {
    inspector.on<Debugger.ScriptParsedEventDataType>("Debugger.scriptParsed", ({ scriptId, url }) => {
      if (!url.startsWith("file:") || isForeign.test(url)) return;
      this.#urls.set(scriptId, url);
      parsed(scriptId);
    });
  }

  /** The user's script with this id; undefined for another's. */
  get(id: string): Promise<UserScript | undefined> {
    let found = this.#known.get(id);
    if (!found) {
      found = this.#find(id);
      this.#known.set(id, found);
    }
    return found;
  }

  async all(): Promise<UserScript[]> {
    const found = await Promise.all([...this.#urls.keys()].map(id => this.get(id)));
    return found.filter(each => each !== undefined);
  }

  /** All places of a script where it may stop, in the order of its code. */
  async stoppings({ id, url }: UserScript): Promise<Stopping[]> {
    const start = { scriptId: id, lineNumber: 0, columnNumber: 0 };
    const { locations } = await this.inspector.post<{ locations: Debugger.BreakLocation[] }>(
      "Debugger.getPossibleBreakpoints",
      { start },
    );
    const sources = await this.inspector.ask("places", url, locations.map(fromOne));
    return locations.flatMap((location, index) => {
      const source = sources[index];
      return source ? [{ location, source }] : [];
    });
  }

  async placeOf({ url }: UserScript, location: Debugger.Location): Promise<Position | undefined> {
    const [place] = await this.inspector.ask("places", url, [fromOne(location)]);
    return place;
  }

  async #find(id: string): Promise<UserScript | undefined> {
    const url = this.#urls.get(id);
    const facts = url === undefined ? undefined : await this.inspector.ask("script", url);
    if (url === undefined || !facts) return undefined;
    const { origin, source = "" } = facts;
    if ("cell" in origin) return { id, url, path: codePath(source), name: `cell ${origin.cell}`, facts };
    const path = fileURLToPath(url);
    return { id, url, path, name: path.split(/[\\/]/).at(-1) ?? path, facts };
  }
}

function fromOne({ lineNumber, columnNumber = 0 }: Debugger.Location): [number, number] {
  return [lineNumber + 1, columnNumber + 1];
}
