import type { MimeData } from "../notebook/index.ts";
import type { Drawer } from "./figures/index.ts";
import type { Page } from "./page.ts";

export interface OutputTools {
  page: Page;
  drawer: Drawer;
  /** Whether figures have a second drawing for phones. */
  phones: boolean;
  /** Whether figures carry what makes them live. */
  interactive?: boolean;
  /** What the names of other notebooks' handouts end in. */
  extension: string;
}

/** An output that has several forms, one of which is shown. */
export interface Shown {
  data: MimeData;
  metadata: Record<string, unknown>;
  /** What it shows, in words. */
  alt: string;
  /** The same where somebody said it, for all to read. */
  caption?: string | undefined;
}
