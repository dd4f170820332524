import { element } from "../element.ts";
import { applyView } from "../lecture/view.ts";
import { goOnWith, linkTo, listOfLectures, numberOf } from "./list.ts";
import { searchField } from "./search.ts";
import type { CourseService } from "./service.ts";

/** The first page: the course, where to go on, and a search over everything. */
export async function openCourse(service: CourseService): Promise<void> {
  applyView();
  document.body.classList.add("course-page");
  const course = await service.course();
  if (!course) {
    document.body.append(
      element(
        "main",
        { class: "lectern-course" },
        element("h1", {}, "lectern"),
        element(
          "p",
          {},
          "This folder holds no course: open a notebook by its name, as in lectern open analysis.ipynb.",
        ),
      ),
    );
    return;
  }
  document.title = course.title;
  // The browser may show the page as it was left: what was done since counts.
  addEventListener("pageshow", event => event.persisted && location.reload());
  const next = goOnWith(course);
  const list = element(
    "div",
    {},
    next &&
      element(
        "a",
        { class: "go-on", href: linkTo(next.path) },
        element("span", {}, next.copy ? "Go on with" : next === course.lectures[0] ? "Begin with" : "Next"),
        element("strong", {}, `${numberOf(next.path)} ${next.title}`),
      ),
    listOfLectures(course),
  );
  const { field, results } = searchField(service, list);
  const claims = course.lectures.reduce((sum, lecture) => sum + lecture.claims.stored, 0);
  document.body.append(
    element(
      "main",
      { class: "lectern-course" },
      element("p", { class: "home" }, "lectern"),
      element("h1", {}, course.title),
      element(
        "p",
        { class: "lead" },
        `${course.lectures.length} lectures that run, and ${claims} claims that can be checked. Change anything: the original stays.`,
      ),
      field,
      list,
      results,
    ),
  );
}
