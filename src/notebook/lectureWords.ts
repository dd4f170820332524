/** `14 lectures and 2 indexes`: an index is made of lectures, and is none to be read from its beginning to its end. */
export function lectureWords(lectures: readonly { isIndex?: boolean }[]): string {
  const indexes = lectures.filter(({ isIndex }) => isIndex).length;
  const counted = lectures.length - indexes;
  const words = [
    counted > 0 && `${counted} ${counted === 1 ? "lecture" : "lectures"}`,
    indexes > 0 && `${indexes} ${indexes === 1 ? "index" : "indexes"}`,
  ];
  return words.filter(Boolean).join(" and ") || "no lectures";
}
