import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Notary } from "../server/trust/notary.ts";

/**
 * What the cookies of this user's servers are made from: the same each time, so that a page that is still open goes on
 * when the server is started again. Where it cannot be kept, it is of this run only.
 */
export function serverSecret(): string {
  const folder = stateFolder();
  const file = join(folder, "secret");
  try {
    const kept = readFileSync(file, "utf8");
    if (/^[0-9a-f]{64}$/.test(kept)) return kept;
  } catch {
    // The first time.
  }
  const secret = randomBytes(32).toString("hex");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, secret, { mode: 0o600 });
  } catch {
    // A home that cannot be written to.
  }
  return secret;
}

/** Where the signatures of the notebooks are that this user trusts. */
export function signaturesFile(): string {
  return join(stateFolder(), "signatures");
}

/** What says which notebooks this user trusts, to all programs of the package alike. */
export function userNotary(): Notary {
  return new Notary({ secret: serverSecret(), file: signaturesFile() });
}

/** What this package keeps for the user, as the system's convention has it; never in a folder that is opened. */
function stateFolder(): string {
  return join(process.env.XDG_STATE_HOME || join(homedir(), ".local", "state"), "lectern");
}
