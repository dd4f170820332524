/** Whether an address is a picture that needs no request. */
export function isPicture(address: string): boolean {
  return /^data:image\/(png|jpeg|gif|webp|avif|svg\+xml)[;,]/i.test(address.trim());
}

/** Whether a link may lead there: to the web, to somebody's mail, or to a file beside the page. */
export function isLinkable(address: string): boolean {
  // Browsers skip control characters and spaces inside a scheme; so must whoever checks it.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address.replace(/[\p{Cc}\s]/gu, ""))?.[1]?.toLowerCase();
  return scheme === undefined || LINK_SCHEMES.has(scheme);
}

const LINK_SCHEMES = new Set(["http", "https", "mailto"]);
