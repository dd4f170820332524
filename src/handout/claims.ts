import { type Html, html, joined, NOTHING } from "./html.ts";
import { separateMath, withMarks } from "./mathText.ts";
import type { Page } from "./page.ts";

/** The part of a claim's record that a handout shows. */
export interface ClaimRecord {
  text: string;
  holds: boolean;
  /** JSON has no infinities: a residual that is not finite is stored as null. */
  residual?: number | null;
  within?: number;
  relation?: string;
  unit?: string;
  label?: string;
}

/** One line: a mark, the statement, and how far its sides are apart. */
export function renderClaim(record: ClaimRecord, page: Page): Html {
  const { text, formulas } = separateMath(String(record.text), page.formulas.length);
  page.formulas.push(...formulas);
  const anchor = page.uniqueId(`claim-${page.claims.length + 1}`);
  page.claims.push({ text, holds: record.holds, anchor });
  const label = record.label === undefined ? NOTHING : html` <span class="claim-label">(${record.label})</span>`;
  const words = html`${withMarks(text)}${label} <small>${distance(record)}</small>`;
  return html`<p class="claim ${record.holds ? "holds" : "fails"}" id="${anchor}">${mark(record.holds)} <span>${words}</span></p>`;
}

/** A claim that failed is told by its error alone, and counts all the same. */
export function renderFailedClaim(message: string, told: Html, page: Page): Html {
  const { text, formulas } = separateMath(/^claim "(.*?)":/.exec(message)?.[1] ?? message, page.formulas.length);
  page.formulas.push(...formulas);
  const anchor = page.uniqueId(`claim-${page.claims.length + 1}`);
  page.claims.push({ text, holds: false, anchor });
  return html`<div id="${anchor}">${told}</div>`;
}

/** The claims of a page once more, counted, each with a link to where it was made. */
export function renderClaimsSummary(page: Page): Html {
  if (!page.claims.length) return NOTHING;
  const holding = page.claims.filter(claim => claim.holds).length;
  const noun = page.claims.length === 1 ? "claim holds" : "claims hold";
  const items = page.claims.map(
    ({ text, holds, anchor }) =>
      html`<li class="${holds ? "holds" : "fails"}">${mark(holds)} <a href="#${anchor}">${withMarks(text)}</a></li>`,
  );
  const id = page.uniqueId("claims");
  return html`<section class="claims" aria-labelledby="${id}">
<h2 id="${id}">${holding} of ${page.claims.length} ${noun}</h2>
<ol>
${joined(items)}
</ol>
</section>`;
}

function mark(holds: boolean): Html {
  return html`<span class="mark" role="img" aria-label="${holds ? "holds" : "fails"}">${holds ? "✓" : "✗"}</span>`;
}

function distance({ residual, within, relation = "=", unit }: ClaimRecord): string {
  if (residual === undefined) return "";
  if (residual === null) return "the difference is not finite";
  if (relation !== "=") return `margin ${short(residual)}`;
  if (within === undefined) return `residual ${short(residual)}`;
  if (unit === "standard errors") return `${short(residual)} of at most ${short(within)} standard errors`;
  return `residual ${short(residual)} ${residual <= within ? "≤" : ">"} ${short(within)}`;
}

function short(value: number): string {
  return String(Number(Number(value).toPrecision(3)));
}
