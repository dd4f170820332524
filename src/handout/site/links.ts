import { Html } from "../html.ts";

/** Has the attributes of all tags rewritten, and the text between them left alone. */
export function inTags(page: Html, rewrite: (tag: string) => string): Html {
  return Html.of(page.toString().replace(TAG, tag => rewrite(tag)));
}

/**
 * Takes the address away from links to files that do not lie in the folder of the site: who gets the folder does not
 * have the sources beside it.
 */
export function withoutDeadLinks(page: Html, files: ReadonlySet<string>): Html {
  return inTags(page, tag => {
    if (!/^<a\s/.test(tag)) return tag;
    return tag.replace(HREF, (whole, address: string) => (leadsNowhere(address, files) ? "" : whole));
  });
}

function leadsNowhere(address: string, files: ReadonlySet<string>): boolean {
  if (address.startsWith("#") || /^[a-z][a-z0-9+.-]*:/i.test(address) || address.startsWith("//")) return false;
  return !files.has(decoded(address.replace(/[?#].*$/s, "")).replace(/^\.\//, ""));
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** A tag that begins an element, whose attributes are in double quotes as we and the sanitiser write them. */
const TAG = /<[a-zA-Z](?:"[^"]*"|[^">])*>/g;
const HREF = / href="([^"]*)"/;
