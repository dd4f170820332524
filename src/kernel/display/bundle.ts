import type { MimeData } from "../../notebook/types.ts";

/** A value as MIME types to content, and what a renderer should know about it. */
export interface Bundle {
  data: MimeData;
  metadata: Record<string, unknown>;
}
