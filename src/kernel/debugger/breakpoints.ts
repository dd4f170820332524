import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Debugger } from "node:inspector";
import type { Inspector } from "./inspector.ts";
import type { Scripts, Stopping, UserScript } from "./scripts.ts";

/** A breakpoint as its client asked for it, and where it came to lie. */
export interface Breakpoint extends DebugProtocol.SourceBreakpoint {
  id: number;
  /** The line where it is now; the one that was asked for, until the code is there. */
  bound?: number;
  hits: number;
}

/** The breakpoints of all sources; each is set in every script that a source became, those to come too. */
export class Breakpoints {
  readonly #bySource = new Map<string, Breakpoint[]>();
  /** Ids of node's inspector, each with the breakpoint that it is for. */
  readonly #set = new Map<string, { path: string; breakpoint: Breakpoint }>();
  #count = 0;

  constructor(
    readonly inspector: Inspector,
    readonly scripts: Scripts,
    readonly moved: (breakpoint: DebugProtocol.Breakpoint) => void,
  ) {}

  /** Replaces the breakpoints of a source. */
  async replace(path: string, wanted: readonly DebugProtocol.SourceBreakpoint[]): Promise<DebugProtocol.Breakpoint[]> {
    const before = [...this.#set].filter(([, each]) => each.path === path);
    for (const [breakpointId] of before) {
      this.#set.delete(breakpointId);
      await this.inspector.post("Debugger.removeBreakpoint", { breakpointId });
    }
    const breakpoints = wanted.map(each => ({ ...each, id: ++this.#count, hits: 0 }));
    if (breakpoints.length > 0) this.#bySource.set(path, breakpoints);
    else this.#bySource.delete(path);
    const scripts = (await this.scripts.all()).filter(each => each.path === path);
    for (const script of scripts) await this.#bind(script, breakpoints);
    const source = { path };
    return breakpoints.map(each => ({ ...described(each), source }));
  }

  /**
   * Sets those of a script that has just come to be; tells of each that came to lie on another line. False for a
   * script that is not the user's.
   */
  async bind(id: string): Promise<boolean> {
    if (this.#bySource.size === 0) return true;
    const script = await this.scripts.get(id);
    if (!script) return false;
    const breakpoints = this.#bySource.get(script.path) ?? [];
    const before = breakpoints.map(each => each.bound ?? each.line);
    await this.#bind(script, breakpoints);
    breakpoints.forEach((each, index) => {
      if ((each.bound ?? each.line) !== before[index])
        this.moved({ ...described(each), source: { path: script.path } });
    });
    return true;
  }

  /** Stops where a script of the user starts; returns what takes that away. */
  async atStart(id: string): Promise<(() => Promise<void>) | undefined> {
    const script = await this.scripts.get(id);
    const found = script && nearest(await this.scripts.stoppings(script), { line: 1 });
    if (!found) return undefined;
    const { breakpointId } = await this.inspector.post<Debugger.SetBreakpointReturnType>("Debugger.setBreakpoint", {
      location: found.location,
    });
    return async () => void (await this.inspector.post("Debugger.removeBreakpoint", { breakpointId }));
  }

  /** The breakpoints that a stop hit, by the ids of node's inspector. */
  hit(ids: readonly string[]): Breakpoint[] {
    return ids.map(id => this.#set.get(id)?.breakpoint).filter(each => each !== undefined);
  }

  /** For a client that comes to a kernel that is being debugged. */
  listed(): { source: string; breakpoints: DebugProtocol.Breakpoint[] }[] {
    return [...this.#bySource].map(([source, breakpoints]) => ({ source, breakpoints: breakpoints.map(described) }));
  }

  async #bind(script: UserScript, breakpoints: readonly Breakpoint[]): Promise<void> {
    const stoppings = breakpoints.length > 0 ? await this.scripts.stoppings(script) : [];
    for (const breakpoint of breakpoints) {
      const found = nearest(stoppings, breakpoint);
      if (!found) continue;
      breakpoint.bound = found.source.line;
      // Two that fall on one place are one: the second is refused.
      const set = await this.inspector
        .post<Debugger.SetBreakpointReturnType>("Debugger.setBreakpoint", { location: found.location })
        .catch(() => undefined);
      if (set) this.#set.set(set.breakpointId, { path: script.path, breakpoint });
    }
  }
}

/** The first place on the line, or on the next line that has one. */
function nearest(
  stoppings: readonly Stopping[],
  { line, column = 1 }: DebugProtocol.SourceBreakpoint,
): Stopping | undefined {
  const after = stoppings.filter(
    ({ source }) => source.line > line || (source.line === line && source.column >= column),
  );
  return after.reduce<Stopping | undefined>((best, each) => {
    const [a, b] = [each.source, best?.source];
    return !b || a.line < b.line || (a.line === b.line && a.column < b.column) ? each : best;
  }, undefined);
}

function described({ id, bound, line }: Breakpoint): DebugProtocol.Breakpoint {
  return { id, verified: true, line: bound ?? line };
}
