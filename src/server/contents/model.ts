/** What the contents API says of a file, a notebook or a folder; `content` is null where it was not asked for. */
export interface ContentsModel {
  name: string;
  path: string;
  type: "file" | "notebook" | "directory";
  created: string;
  last_modified: string;
  size: number | null;
  writable: boolean;
  mimetype: string | null;
  format: "text" | "base64" | "json" | null;
  content: unknown;
  hash: string | null;
  hash_algorithm: string | null;
  /** Why the notebook is not a valid one. */
  message?: string;
}

/** What a client sends to save. */
export interface SavedModel {
  type?: string | null;
  format?: string | null;
  content?: unknown;
  path?: string | null;
  /** The hash of what this is to replace: nothing is saved over anything else. */
  hash?: string | null;
  /** The part of a large upload: 1, 2, … and −1 for the last. */
  chunk?: number | null;
}

export interface Checkpoint {
  id: string;
  last_modified: string;
}
