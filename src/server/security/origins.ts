import type { IncomingHttpHeaders } from "node:http";

/** Names under which this machine reaches itself; with any other, a page elsewhere has rebound its name to us. */
const ownNames = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Whether the request was sent to this machine by its own name. */
export function isOwnHost(host: string | undefined): boolean {
  if (host === undefined) return false;
  const name = /^(\[[0-9a-f:]+\]|[^:]+)(?::\d{1,5})?$/i.exec(host)?.[1];
  return name !== undefined && ownNames.has(name.toLowerCase());
}

/**
 * Whether the request comes from a page of this very server, or from no page at all. A page on another port of this
 * machine counts as the same site for cookies, so a cookie alone says nothing.
 */
export function isSameOrigin(headers: IncomingHttpHeaders): boolean {
  const { origin, host } = headers;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  const site = headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none";
}

/** Whether a browser goes to a page, as after a click on a link, whose answer the page it came from cannot read. */
export function isNavigation(method: string, headers: IncomingHttpHeaders): boolean {
  const isReading = method === "GET" || method === "HEAD";
  const { "sec-fetch-mode": mode, "sec-fetch-dest": target } = headers;
  return isReading && mode === "navigate" && target === "document";
}
