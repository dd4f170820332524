/**
 * The update of all parameters as one pass over memory.
 *
 * An optimizer written as graph nodes reads and writes every vector many times. `recurrence.ts` reads its formula
 * back from the graph, whatever optimizer it was; `loop.ts` writes it as one loop in WebAssembly; `flat.ts` lays the
 * parameters out so that a single loop serves them all. Gradients arrive from the graph where the loop reads them.
 */
export { type FlatUpdate, flatUpdate } from "./flat.ts";
