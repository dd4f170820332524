/** What `look` returns, or `otherwise` where it throws: a thrown value may throw again when it is looked at. */
export function attempt<T, Otherwise>(look: () => T, otherwise: Otherwise): T | Otherwise {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
