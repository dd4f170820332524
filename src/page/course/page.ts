import type { CourseOverview } from "../../notebook/courseModels.ts";
import { lectureWords } from "../../notebook/lectureWords.ts";
import { element } from "../element.ts";
import { notifyError } from "../notices.ts";
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
  const list = element("div", {}, ...standing(course));
  let drawn = JSON.stringify(course);
  // The page may be shown as it was left, by the way back or in another tab: what was done since counts.
  const refresh = async () => {
    const now = document.hidden ? undefined : await service.course();
    if (!now || JSON.stringify(now) === drawn) return;
    drawn = JSON.stringify(now);
    list.replaceChildren(...standing(now));
  };
  const refreshed = () => void refresh().catch(notifyError);
  addEventListener("pageshow", event => event.persisted && refreshed());
  document.addEventListener("visibilitychange", refreshed);
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
        `${lectureWords(course.lectures)} that run, and ${claims} claims that can be checked. Change anything: the original stays.`,
      ),
      field,
      list,
      results,
    ),
  );
}

/** Where to go on, and all lectures with how far one is. */
function standing(course: CourseOverview): HTMLElement[] {
  const next = goOnWith(course);
  const goOn =
    next &&
    element(
      "a",
      { class: "go-on", href: linkTo(next.lecture.path) },
      element("span", {}, next.words),
      element("strong", {}, `${numberOf(next.lecture.path)} ${next.lecture.title}`),
    );
  return [...(goOn ? [goOn] : []), listOfLectures(course)];
}
