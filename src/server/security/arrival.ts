/**
 * The page that leads on to an address within the site. A redirect would not do: after a click in another program's
 * page the cookie, which is strict, comes only with a request that this site itself began.
 */
export function arrival(address: string): string {
  const escaped = address.replace(/[&<>"']/g, each => `&#${each.charCodeAt(0)};`);
  return `<!doctype html>
<meta charset="utf-8">
<title>lectern</title>
<meta http-equiv="refresh" content="0; url=${escaped}">
<p><a href="${escaped}">Open the course</a></p>
`;
}

/** The address without its token, always within this site. */
export function withoutToken(url: string): string {
  const here = "http://here";
  const { pathname, searchParams } = new URL(URL.canParse(url, here) ? url : "/", here);
  searchParams.delete("token");
  const query = searchParams.size > 0 ? `?${searchParams}` : "";
  return `/${pathname.replace(/^\/+/, "")}${query}`;
}
