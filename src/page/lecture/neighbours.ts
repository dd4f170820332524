import { linkTo, numberOf } from "../course/list.ts";
import type { CourseOverview } from "../../notebook/courseModels.ts";
import type { CourseService } from "../course/service.ts";
import { element } from "../element.ts";
import type { Exercises } from "./exercises.ts";
import type { Lecture } from "./lecture.ts";

/** What the course says of its lecture: what comes before and after it, and that it has exercises. */
export async function placeInCourse(
  lecture: Lecture,
  service: CourseService,
  contents: HTMLElement,
  exercises: Exercises,
): Promise<void> {
  const course = await service.course();
  linkNeighbours(lecture, course, contents);
  await exercises.read(service, course);
}

/** At the foot of the contents: the lectures before and after this one. The title of the page is the lecture's. */
function linkNeighbours(lecture: Lecture, course: CourseOverview | undefined, into: HTMLElement): void {
  const at = course?.lectures.findIndex(({ path }) => path === lecture.path) ?? -1;
  const here = course?.lectures[at];
  if (!course || !here) return;
  document.title = `${here.title} · ${course.title}`;
  const link = (index: number, words: string, rel: string) => {
    const other = course.lectures[index];
    return (
      other &&
      element(
        "a",
        { href: linkTo(other.path), rel },
        element("small", {}, words),
        `${numberOf(other.path)} ${other.title}`,
      )
    );
  };
  const before = at > 0 ? link(at - 1, "← Before this", "prev") : undefined;
  into.append(
    element(
      "nav",
      { class: "neighbours", "aria-label": "Other lectures" },
      before,
      link(at + 1, "After this →", "next"),
    ),
  );
}
