import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export interface Credentials {
  /** For the first URL, and for programs. */
  token: string;
  /** Kept by a server that is started again, so that pages that are still open go on. */
  secret: string;
}

/** Who may come in: whoever has the token, or the cookie that a browser got for it. */
export class Access {
  readonly token: string;
  readonly secret: string;
  #cookie = { name: "lectern", value: "" };

  constructor({
    token = randomBytes(24).toString("hex"),
    secret = randomBytes(32).toString("hex"),
  }: Partial<Credentials>) {
    this.token = token;
    this.secret = secret;
  }

  /** A browser keeps one set of cookies for all ports of a machine: each server has its own. */
  bind(port: number): void {
    const value = createHmac("sha256", this.secret).update(`lectern cookie ${port}`).digest("hex");
    this.#cookie = { name: `lectern-${port}`, value };
  }

  get cookie(): { name: string; value: string } {
    return this.#cookie;
  }

  /** Whether an `Authorization` header has the token. */
  isAuthorised(header: string | undefined): boolean {
    const [, given] = /^(?:token|bearer)\s+(\S+)$/i.exec(header ?? "") ?? [];
    return this.isToken(given);
  }

  /** Of what was sent, of whatever kind. */
  isToken(given: unknown): boolean {
    return typeof given === "string" && areEqual(given, this.token);
  }

  isCookie(given: string | undefined): boolean {
    return given !== undefined && areEqual(given, this.#cookie.value);
  }
}

/** Takes as long whatever the first difference is. */
function areEqual(left: string, right: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
