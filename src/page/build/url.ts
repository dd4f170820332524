/** Node's `url`, as far as a package bundled for the browser asks for it. */
export const URL = globalThis.URL;
