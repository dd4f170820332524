import { createHmac } from "node:crypto";
import { formatNotebook, type Notebook } from "../../notebook/index.ts";
import { Signatures } from "./signatures.ts";
import { withoutTrust } from "./marks.ts";

export interface NotaryOptions {
  /** Of this user, and never in the folder that is opened. */
  secret: string;
  /** Where the signatures of trusted notebooks are kept; without it they are of this run only. */
  file?: string | undefined;
}

/**
 * Whether what a notebook shows was made here, as Jupyter has it: a notebook whose outputs came to be on this machine,
 * or that this user trusts, has a signature that only this user's programs can make, and that fits no other content.
 */
export class Notary {
  readonly #key: Buffer;
  readonly #signatures: Signatures;

  constructor({ secret, file }: NotaryOptions) {
    this.#key = createHmac("sha256", secret).update("lectern signatures of notebooks").digest();
    this.#signatures = new Signatures(file);
  }

  isTrusted(notebook: Notebook): Promise<boolean> {
    return this.#signatures.has(this.#sign(notebook));
  }

  trust(notebook: Notebook): Promise<void> {
    return this.#signatures.add(this.#sign(notebook));
  }

  /** Of all that is stored: a cell's code counts too, as it is what the reader would run. */
  #sign(notebook: Notebook): string {
    return createHmac("sha256", this.#key)
      .update(formatNotebook(withoutTrust(notebook)))
      .digest("hex");
  }
}
