/**
 * Has the elements of a window answer the selectors that plotly asks most, `text`, `.trace`, `g.points`, by a walk through
 * what is in them. It asks a thousand times a figure, mostly of elements that hold next to nothing, and jsdom makes each
 * time what it would need for any selector. All others it answers as before.
 */
export function selectByWalking(prototype: Element): void {
  const { querySelector, querySelectorAll } = prototype;
  const define = (name: string, value: (this: Element, selector: string) => unknown) =>
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  define("querySelector", function (selector) {
    const wanted = simple(selector);
    return wanted ? (first(this, wanted) ?? null) : querySelector.call(this, selector);
  });
  define("querySelectorAll", function (selector) {
    const wanted = simple(selector);
    return wanted ? all(this, wanted, []) : querySelectorAll.call(this, selector);
  });
}

interface Wanted {
  tag: string | undefined;
  classes: readonly string[];
}

function simple(selector: string): Wanted | undefined {
  const known = read.get(selector);
  if (known !== undefined) return known ?? undefined;
  const [, tag, classes = ""] = SIMPLE.exec(selector) ?? [];
  const wanted = tag || classes ? { tag, classes: classes.split(".").slice(1) } : null;
  read.set(selector, wanted);
  return wanted ?? undefined;
}

function first(within: Element, wanted: Wanted): Element | undefined {
  for (let child = within.firstElementChild; child; child = child.nextElementSibling) {
    if (isWanted(child, wanted)) return child;
    const found = first(child, wanted);
    if (found) return found;
  }
  return undefined;
}

function all(within: Element, wanted: Wanted, found: Element[]): Element[] {
  for (let child = within.firstElementChild; child; child = child.nextElementSibling) {
    if (isWanted(child, wanted)) found.push(child);
    all(child, wanted, found);
  }
  return found;
}

function isWanted(element: Element, { tag, classes }: Wanted): boolean {
  if (tag !== undefined && element.localName !== tag) return false;
  if (classes.length === 0) return true;
  const own = (element.getAttribute("class") ?? "").split(/\s+/);
  return classes.every(name => own.includes(name));
}

const read = new Map<string, Wanted | null>();

const SIMPLE = /^([a-zA-Z]+)?((?:\.[\w-]+)*)$/;
