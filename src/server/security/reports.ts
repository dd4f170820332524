/** What browsers report that they refused to do, each told once: an output of a notebook may try again and again. */
export class PolicyReports {
  readonly #told = new Set<string>();

  /** The report as a sentence; undefined for one that was told before or says nothing, and after too many. */
  sentence(body: unknown): string | undefined {
    const report = partOf(body, "csp-report");
    const [what, directive] = [
      textOf(report, "blocked-uri"),
      textOf(report, "effective-directive", "violated-directive"),
    ];
    if (what === "" && directive === "") return undefined;
    const sentence = `the page asked for ${what || "something"}, which its policy does not allow${directive && ` (${directive})`}; the browser refused it.`;
    if (this.#told.has(sentence) || this.#told.size >= most) return undefined;
    this.#told.add(sentence);
    return sentence;
  }
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** The first of these that is a text, as far as it is of use. */
function textOf(report: unknown, ...names: string[]): string {
  const found = names.map(name => partOf(report, name)).find(each => typeof each === "string") as string | undefined;
  return found?.slice(0, 200) ?? "";
}

const most = 100;
