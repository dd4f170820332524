import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";

/**
 * What tfjs is before `src/engine` registers kernels, gradients and backends with it, which it can do once in a process.
 *
 * After `restore` the engine can be evaluated afresh. Backends of tfjs's own that have started stay so.
 */
export class Stock {
  private readonly engine = tf.engine() as unknown as Engine;
  private readonly methods = new Set(Object.keys(this.engine));
  private readonly backends = new Set(Object.keys(this.engine.registryFactory));
  private readonly registries = ["kernelRegistry", "gradRegistry"].map(name => {
    const registry = globals().get(name) as Map<string, unknown>;
    return { registry, entries: [...registry] };
  });

  restore(): void {
    for (const backend of Object.keys(this.engine.registryFactory)) {
      if (!this.backends.has(backend)) tf.removeBackend(backend);
    }
    for (const name of Object.keys(this.engine)) if (!this.methods.has(name)) delete this.engine[name];
    for (const { registry, entries } of this.registries) {
      registry.clear();
      for (const [key, value] of entries) registry.set(key, value);
    }
  }
}

/** What tfjs keeps to itself: methods that are replaced become fields of the engine. */
type Engine = { registryFactory: object; [field: string]: unknown };

function globals(): Map<string, unknown> {
  return (globalThis as unknown as { _tfGlobals: Map<string, unknown> })._tfGlobals;
}
