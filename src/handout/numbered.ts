/** A displayed formula whose number is drawn apart, so that it stays in sight while the formula scrolls. */
export interface Numbered {
  formula: string;
  number: string;
  /** In ex. */
  width: number;
  numberWidth: number;
}

/**
 * MathJax draws a numbered formula as two drawings in one that is as wide as the page: the formula, about its middle, and
 * its numbers, up to the right edge. This takes them apart. Undefined for a formula without a number.
 */
export function numberedFormula(drawing: string): Numbered | undefined {
  const outer = OUTER.exec(drawing);
  const table = TABLE.exec(drawing);
  const labels = LABELS.exec(drawing);
  if (!outer?.groups || !table?.groups || !labels?.groups) return undefined;
  const { least, height, align = "0", whole } = outer.groups;
  // Units of the font in an ex, by the width that the drawing states in both.
  const ex = Number(whole) / Number(least);
  const formula = drawing.slice(table.index + table[0].length, labels.index);
  const number = drawing.slice(
    labels.index + labels[0].length,
    drawing.indexOf("</svg>", labels.index + labels[0].length),
  );
  const width = 2 * Number(table.groups.middle);
  const numberWidth = Number(labels.groups.width);
  const svg = (content: string, wide: number, rows = "") =>
    `<svg style="vertical-align: ${align}" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${round(wide / ex)}ex" height="${height}ex" viewBox="0 ${rows} ${round(wide)} ${table.groups?.height}" focusable="false"><g stroke="currentColor" fill="currentColor" stroke-width="0">${content}</g></svg>`;
  return {
    formula: svg(formula, width, table.groups.top),
    number: svg(number, numberWidth, table.groups.top),
    width: width / ex,
    numberWidth: numberWidth / ex,
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

const OUTER =
  /<svg style="vertical-align: (?<align>[-\d.]+(?:ex)?);[^"]*min-width: (?<least>[\d.]+)ex;[^>]* height="(?<height>[\d.]+)ex"[^>]* data-mjx-viewBox="0 [-\d.]+ (?<whole>[\d.]+) [\d.]+"/;
const TABLE =
  /<svg data-table="true" preserveAspectRatio="xMidYMid" viewBox="(?<middle>[\d.]+) (?<top>[-\d.]+) 1 (?<height>[\d.]+)">/;
const LABELS =
  /<\/svg><svg data-labels="true" preserveAspectRatio="xMaxYMid" viewBox="(?<width>[\d.]+) [-\d.]+ 1 [\d.]+">/;
