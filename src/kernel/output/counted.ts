/**
 * An installation that several engines of one process share: the first use installs, the end of the last one undoes.
 * Each use returns a function that ends it, once.
 */
export function counted(install: () => () => void): () => () => void {
  let users = 0;
  let undo: (() => void) | undefined;
  return () => {
    if (users++ === 0) undo = install();
    let active = true;
    return () => {
      if (!active) return;
      active = false;
      if (--users === 0) undo?.();
    };
  };
}
