import { expect, it } from "vitest";
import { plainWords } from "../../src/notebook/index.ts";

it.each([
  ["The **gap** of `fit`, [again](#x)", "The gap of fit, again"],
  ["What $\\mathrm{KL}$ measures, and $$x^2$$", "What KL measures, and x^2"],
  ["*one* and __two__", "one and two"],
  ["a * b is 3 $ of 4", "a * b is 3 $ of 4"],
])("%s is plain", (markdown, words) => expect(plainWords(markdown)).toBe(words));
