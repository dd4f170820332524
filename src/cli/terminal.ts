/**
 * A text as a terminal may have it: of what drives one only colours and styles, line breaks and tabs are left, and the
 * rest is written out, as in `\u001b]52;`. Notebooks and the names of files come from others, and a terminal that obeys
 * them lets them write to the clipboard, hide what is there, or change its title.
 */
export function harmless(text: string): string {
  return text.replace(CONTROLS, (controls, colour) => (colour === undefined ? writtenOut(controls) : controls));
}

/** From now on all that the console of this process says is harmless. */
export function guardConsole(): void {
  for (const name of ["log", "info", "warn", "error", "debug"] as const) {
    const say = console[name].bind(console);
    console[name] = (...values: unknown[]) =>
      say(...values.map(each => (typeof each === "string" ? harmless(each) : each)));
  }
}

/** A colour or a style by a CSI sequence, but none that hides text. */
const COLOUR =
  "\\x1b\\[(?:(?:[0-79]|2[1-9]|3[0-79]|4[0-79]|9[0-7]|10[0-7]|[34]8;5;\\d{1,3}|[34]8;2(?:;\\d{1,3}){3})(?:;|(?=m)))*m";

/** A colour, or one sign that is neither a line break nor a tab, nor is it seen. */
const CONTROLS = new RegExp(`(${COLOUR})|(?!\\r?\\n|\\t)\\p{Cc}|[\\u202a-\\u202e\\u2066-\\u2069]`, "gu");

/** Also in JSON this is what it was. */
function writtenOut(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
