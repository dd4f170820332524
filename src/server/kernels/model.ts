import type { KernelSpec } from "../../kernel/protocol/kernelSpec.ts";
import type { Run } from "./run.ts";

export type KernelState = "starting" | "idle" | "busy" | "restarting" | "autorestarting" | "dead";

export interface KernelModel {
  id: string;
  name: string;
  last_activity: string;
  execution_state: KernelState;
  connections: number;
  /** Why it is dead. */
  reason?: string;
}

export interface KernelOptions {
  id: string;
  name: string;
  spec: KernelSpec;
  directory: string;
  notebook?: string | undefined;
  /** Called when a cell has come to its end. */
  onRun?: (run: Run) => void;
}
