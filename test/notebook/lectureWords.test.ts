import { expect, it } from "vitest";
import { lectureWords } from "../../src/notebook/lectureWords.ts";

const [lecture, index] = [{}, { isIndex: true }];

it.each([
  [[], "no lectures"],
  [[lecture], "1 lecture"],
  [[lecture, lecture, index], "2 lectures and 1 index"],
  [[index, index], "2 indexes"],
])("counts lectures and indexes apart: %j", (lectures, words) => {
  expect(lectureWords(lectures)).toBe(words);
});
