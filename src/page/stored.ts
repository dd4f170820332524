/** What the browser keeps under a key; undefined for nothing, or where it keeps nothing at all. */
export function stored<Value>(key: string): Value | undefined {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? "null") as Value | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a value, or with `undefined` none. Where a browser keeps nothing, all goes with the page. */
export function store<Value>(key: string, value: Value | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing was kept before either.
  }
}
