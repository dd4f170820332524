import { linkTo } from "../course/list.ts";

/**
 * A link to another notebook opens it here, at the cell that it names as JupyterLab does, `07-elbo.ipynb#cell-id=…`.
 * Jupyter's renderer would have it lead to the file.
 */
export function openNotebooks(node: HTMLElement): void {
  for (const link of node.querySelectorAll<HTMLAnchorElement>('a[href*=".ipynb"]')) {
    const path = FILE.exec(link.pathname)?.[1];
    if (path === undefined || link.origin !== location.origin) continue;
    link.href = linkTo(decodeURIComponent(path), CELL.exec(decodeURIComponent(link.hash))?.[1]);
  }
}

const FILE = /^\/files\/(.+\.ipynb)$/;
const CELL = /^#cell-id=(.+)$/;
