import { randomUUID } from "node:crypto";
import { RequestError } from "../errors.ts";
import type { Kernel } from "../kernels/kernel.ts";
import type { KernelModel } from "../kernels/model.ts";
import type { Kernels } from "../kernels/kernels.ts";

export interface SessionModel {
  id: string;
  path: string;
  name: string;
  type: string;
  kernel: KernelModel;
  /** As clients before 2016 ask for it. */
  notebook?: { path: string; name: string };
}

export interface SessionRequest {
  path?: string | null;
  name?: string | null;
  type?: string | null;
  kernel?: { id?: string | null; name?: string | null } | null;
  notebook?: { path?: string | null; name?: string | null } | null;
}

interface Session {
  id: string;
  path: string;
  name: string;
  type: string;
  kernelId: string;
}

/** Which notebook has which kernel. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  /** Two pages that open one notebook at the same time get one session. */
  readonly #starting = new Map<string, Promise<Session>>();

  constructor(readonly kernels: Kernels) {}

  get models(): SessionModel[] {
    return [...this.#sessions.values()]
      .filter(({ kernelId }) => this.kernels.has(kernelId))
      .map(each => this.#model(each));
  }

  get(id: string): SessionModel {
    return this.#model(this.#find(id));
  }

  /** The session of this path, made where there is none. */
  async create(request: SessionRequest): Promise<SessionModel> {
    const path = request.notebook?.path ?? request.path;
    if (typeof path !== "string") throw new RequestError(400, "Missing field in JSON data: path");
    const type = request.notebook ? "notebook" : request.type;
    if (typeof type !== "string") throw new RequestError(400, "Missing field in JSON data: type");
    const there = [...this.#sessions.values()].find(each => each.path === path && this.kernels.has(each.kernelId));
    if (there) return this.#model(there);
    const starting = this.#starting.get(path) ?? this.#start(path, type, request);
    this.#starting.set(path, starting);
    return this.#model(await starting.finally(() => this.#starting.delete(path)));
  }

  /** Another path, name, type or kernel; a kernel that no session has any more ends. */
  async update(id: string, request: SessionRequest): Promise<SessionModel> {
    const session = this.#find(id);
    const before = session.kernelId;
    const { kernel } = request;
    if (kernel?.id) session.kernelId = this.kernels.get(kernel.id).id;
    else if (kernel?.name) session.kernelId = (await this.kernels.start({ name: kernel.name, path: session.path })).id;
    session.path = request.path ?? request.notebook?.path ?? session.path;
    this.kernels.move(session.kernelId, session.path);
    session.name = request.name ?? request.notebook?.name ?? session.name;
    session.type = request.type ?? session.type;
    const isShared = [...this.#sessions.values()].some(({ kernelId }) => kernelId === before);
    if (!isShared && this.kernels.has(before)) await this.kernels.shutdown(before);
    return this.#model(session);
  }

  /** Ends the session and its kernel. */
  async remove(id: string): Promise<void> {
    const { kernelId } = this.#find(id);
    this.#sessions.delete(id);
    if (this.kernels.has(kernelId)) await this.kernels.shutdown(kernelId);
  }

  /** A notebook was renamed: its session follows. */
  follow(from: string, to: string): void {
    for (const session of this.#sessions.values()) {
      if (session.path !== from && !session.path.startsWith(`${from}/`)) continue;
      session.path = `${to}${session.path.slice(from.length)}`;
      this.kernels.move(session.kernelId, session.path);
    }
  }

  /** The kernel has ended, and its sessions with it. */
  kernelGone(kernelId: string): void {
    for (const [id, session] of this.#sessions) if (session.kernelId === kernelId) this.#sessions.delete(id);
  }

  async #start(path: string, type: string, { name = "", kernel }: SessionRequest): Promise<Session> {
    const id = kernel?.id ?? null;
    const found: Kernel =
      id !== null && this.kernels.has(id)
        ? this.kernels.get(id)
        : await this.kernels.start({ ...kernelNamed(kernel), id, path });
    const session = { id: randomUUID(), path, name: name ?? "", type, kernelId: found.id };
    this.#sessions.set(session.id, session);
    return session;
  }

  #find(id: string): Session {
    const session = this.#sessions.get(id);
    if (session && this.kernels.has(session.kernelId)) return session;
    throw new RequestError(404, `Session not found: ${id}`);
  }

  #model({ id, path, name, type, kernelId }: Session): SessionModel {
    const { model: kernel } = this.kernels.get(kernelId);
    return { id, path, name, type, kernel, ...(type === "notebook" ? { notebook: { path, name } } : {}) };
  }
}

function kernelNamed(kernel: SessionRequest["kernel"]): { name?: string } {
  return kernel?.name ? { name: kernel.name } : {};
}
