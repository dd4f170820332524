import type { MimeData } from "../../notebook/types.ts";
import { currentListener, type Listener } from "./capture.ts";
import { counted } from "./counted.ts";

/** What code inside a cell may ask of the kernel without importing it. */
export interface CellHooks extends Listener {
  display(bundle: { data: MimeData; metadata?: object }, displayId?: string): void;
  clear(wait: boolean): void;
  progress(progress: object): void;
  /** Aborted when the cell is interrupted; undefined when it is over. */
  signal(): AbortSignal | undefined;
}

const names = {
  display: Symbol.for("lectern.display"),
  clear: Symbol.for("lectern.clear"),
  progress: Symbol.for("lectern.progress"),
  abortSignal: Symbol.for("lectern.abortSignal"),
};

/**
 * Puts the hooks on `globalThis`, under symbols that any library can name. Each goes to the cell that
 * the calling code came from. Returns a function that takes them away; nested uses are counted.
 */
export const installHooks: () => () => void = counted(() => {
  define();
  return () => {
    for (const name of Object.values(names)) Reflect.deleteProperty(globalThis, name);
  };
});

function define(): void {
  const hook = (name: symbol, descriptor: PropertyDescriptor) =>
    Object.defineProperty(globalThis, name, { configurable: true, enumerable: false, ...descriptor });
  hook(names.display, {
    value(...[bundle, displayId]: Parameters<CellHooks["display"]>) {
      if (typeof bundle?.data !== "object" || bundle.data === null) {
        throw new TypeError(
          `display: a bundle must have its data by MIME type, but got ${typeof bundle?.data}; as in { data: { "text/plain": "x" } }.`,
        );
      }
      hooks()?.display(bundle, displayId);
    },
  });
  hook(names.clear, { value: (wait = false) => hooks()?.clear(wait) });
  hook(names.progress, { value: (progress: object) => hooks()?.progress(progress) });
  hook(names.abortSignal, { get: () => hooks()?.signal() });
}

function hooks(): CellHooks | undefined {
  const listener = currentListener();
  return listener && "display" in listener ? (listener as CellHooks) : undefined;
}
