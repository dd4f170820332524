import dark from "shiki/themes/github-dark-default.mjs";
import light from "shiki/themes/github-light-default.mjs";
import { expect, it } from "vitest";
import { COLOURS, highlight, RARE_COLOURS } from "../../src/handout/highlight.ts";

it("has for every colour on white the one that the same words have on black", () => {
  const known: Record<string, string> = { ...Object.fromEntries(COLOURS), ...RARE_COLOURS };
  const darkOf = new Map(dark.tokenColors?.map(({ scope, settings }) => [String(scope), settings.foreground]));
  expect(light.tokenColors?.length).toBe(dark.tokenColors?.length);
  for (const { scope, settings } of light.tokenColors ?? []) {
    if (settings.foreground === undefined) continue;
    // The grey of comments is darkened.
    const own = settings.foreground === "#6e7781" ? "#59636e" : settings.foreground;
    expect(known[own], String(scope)).toBe(darkOf.get(String(scope)));
  }
});

it("gives what is rare its two colours in place", async () => {
  const shown = (await highlight("- gone\n+ come", "diff")).toString();
  expect(shown).toContain('style="color:light-dark(#82071E,#FFA198)"');
});
