/**
 * The program of slides: keys and a touch at the edge lead from step to step, `n` shows the notes below a slide, `p`
 * opens them in a window of their own, which follows. Without it the slides are a page to scroll. It is put into the
 * page as its own text, so it may use nothing from around it.
 */
export function slidesProgram(): void {
  const slides = [...document.querySelectorAll<HTMLElement>(".slide")];
  const root = document.documentElement;
  const counter = document.getElementById("slide-counter") as HTMLElement;
  const isNotes = location.hash === "#notes" && window.opener !== null;
  const laterOf = (slide: HTMLElement) => [...slide.querySelectorAll<HTMLElement>(".step.later")];
  let other: Window | null = isNotes ? (window.opener as Window) : null;
  let at = 0;

  function tell(message: object): void {
    // What is said is a number, and pages of files have no origin to name.
    other?.postMessage({ lecternSlides: message }, "*");
  }

  function show(index: number, isEnd = false): void {
    at = Math.max(0, Math.min(slides.length - 1, index));
    const slide = slides[at];
    if (!slide) return;
    for (const step of laterOf(slide)) step.classList.toggle("hidden", !isEnd);
    for (const each of slides) each.toggleAttribute("data-current", each === slide);
    slide.scrollIntoView({ block: "start", behavior: "instant" });
    counter.textContent = `${at + 1} / ${slides.length}`;
    if (!isNotes) history.replaceState(null, "", `#${slide.id}`);
    tell({ at });
  }

  function next(): void {
    const hidden = slides[at]?.querySelector(".step.hidden");
    if (hidden) hidden.classList.remove("hidden");
    else if (at < slides.length - 1) show(at + 1);
  }

  function back(): void {
    const shown = slides[at]?.querySelectorAll(".step.later:not(.hidden)") ?? [];
    const last = shown[shown.length - 1];
    if (last) last.classList.add("hidden");
    else if (at > 0) show(at - 1, true);
  }

  const actions: Record<string, () => void> = {
    ArrowRight: next,
    PageDown: next,
    " ": next,
    ArrowLeft: back,
    PageUp: back,
    Home: () => show(0),
    End: () => show(slides.length - 1, true),
    n: () => void root.classList.toggle("with-notes"),
    p: () => {
      other = window.open(`${location.href.replace(/#.*/, "")}#notes`, "lectern-notes", "width=720,height=640");
    },
    f: () => void (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
  };

  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.closest("summary, input, a, select") && [" ", "Enter"].includes(event.key)) return;
    const key = event.key === " " && event.shiftKey ? "ArrowLeft" : event.key;
    const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
    if (!action) return;
    event.preventDefault();
    if (isNotes && key !== "n" && key !== "f") tell({ key });
    else action();
  });

  addEventListener("message", event => {
    if (event.source !== other || other === null) return;
    const said = event.data?.lecternSlides as { at?: unknown; key?: unknown; ready?: unknown } | undefined;
    if (isNotes && typeof said?.at === "number") show(said.at, true);
    if (!isNotes && said?.ready === true) tell({ at });
    if (!isNotes && typeof said?.key === "string" && Object.hasOwn(actions, said.key)) actions[said.key]?.();
  });

  /** Who scrolls is where they look. */
  const watcher = new IntersectionObserver(
    entries => {
      for (const { isIntersecting, target } of entries) {
        const index = slides.indexOf(target as HTMLElement);
        if (!isIntersecting || index === at) continue;
        at = index;
        counter.textContent = `${at + 1} / ${slides.length}`;
        tell({ at });
      }
    },
    { rootMargin: "-50% 0px -50% 0px" },
  );
  if (!isNotes) for (const slide of slides) watcher.observe(slide);

  function fromAddress(): void {
    const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const slide = target?.closest<HTMLElement>(".slide");
    show(slide ? slides.indexOf(slide) : 0);
  }

  root.classList.add("presenting");
  if (isNotes) {
    root.classList.add("notes-alone");
    tell({ ready: true });
  } else addEventListener("hashchange", fromAddress);
  fromAddress();
}
