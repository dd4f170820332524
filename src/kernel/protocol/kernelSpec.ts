/** How to start a kernel and what to call it, as Jupyter reads it. */
export interface KernelSpec {
  /** `{connection_file}` stands for the file that says where the kernel is to listen. */
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: "message" | "signal";
  metadata: Record<string, unknown>;
  env?: Record<string, string>;
}

/** This package's own kernel; `program` is the compiled `lectern` command. */
export function kernelSpec(program: string, displayName = "TypeScript (lectern)"): KernelSpec {
  return {
    argv: [
      process.execPath,
      // Without it an interrupt inside a timer's callback would end node 20.
      "--no-force-async-hooks-checks",
      "--no-warnings",
      program,
      "kernel",
      "{connection_file}",
    ],
    display_name: displayName,
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: true, lectern: true },
    // A pool of memory for each of its threads would hold 20 MB that nobody uses.
    env: { MALLOC_ARENA_MAX: "2" },
  };
}
