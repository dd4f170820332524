/** What a `for await` over ordinary values gets: each value, once it is there. */
export function settled(step: IteratorResult<unknown>): IteratorResult<unknown> | Promise<IteratorResult<unknown>> {
  return step.done ? step : Promise.resolve(step.value).then(value => ({ done: false, value }));
}

/** The iterator of a `for await`. */
export function iteratorOf(
  values: AsyncIterable<unknown> | Iterable<unknown>,
): AsyncIterator<unknown> | Iterator<unknown> {
  if (Symbol.asyncIterator in Object(values)) return (values as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  return (values as Iterable<unknown>)[Symbol.iterator]();
}
