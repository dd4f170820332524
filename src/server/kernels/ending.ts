import { slowness } from "../../kernel/process/slowness.ts";
import { newMessage } from "../../kernel/protocol/message.ts";
import { fromMessage } from "../channels/compose.ts";
import type { KernelClient } from "./kernelClient.ts";
import type { KernelProvision } from "./provision.ts";

/** A kernel's process, and how it is talked to. */
export interface KernelProcess {
  provision: KernelProvision;
  client: KernelClient;
}

/** Ends a process: it is asked to end, and if it does not is made to. */
export async function endProcess({ provision, client }: KernelProcess, restart: boolean): Promise<void> {
  provision.wake();
  client.send(fromMessage("control", newMessage("shutdown_request", { restart }, {})));
  await provision.ended(patience * Math.min(slowness(), mostSlowness));
  provision.kill();
  await provision.ended(patience);
  client.close();
}

/** How long a process may take to end by itself, in milliseconds. */
const patience = 3000;

/** However slow the machine: who restarts a kernel that does not answer waits for it. */
const mostSlowness = 5;
