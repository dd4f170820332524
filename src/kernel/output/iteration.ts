type Result = IteratorResult<unknown>;
type Step = Result | Promise<Result>;

/** The values of a `for await`, each step of which is taken by `take`. */
export function stepping(
  values: AsyncIterable<unknown> | Iterable<unknown>,
  take: (next: () => Step) => Promise<Result>,
): AsyncIterable<unknown> {
  const isAsync = Symbol.asyncIterator in Object(values);
  const iterator = iteratorOf(values);
  const step = () => {
    const result = iterator.next();
    return isAsync ? result : settled(result as Result);
  };
  const close = async (value?: unknown) => {
    await iterator.return?.(value);
    return { done: true as const, value };
  };
  return { [Symbol.asyncIterator]: () => ({ next: () => take(step), return: close }) };
}

/** What a `for await` over ordinary values gets: each value, once it is there. */
function settled(step: Result): Step {
  return step.done ? step : Promise.resolve(step.value).then(value => ({ done: false, value }));
}

/** The iterator of a `for await`. */
function iteratorOf(values: AsyncIterable<unknown> | Iterable<unknown>): AsyncIterator<unknown> | Iterator<unknown> {
  if (Symbol.asyncIterator in Object(values)) return (values as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  return (values as Iterable<unknown>)[Symbol.iterator]();
}
