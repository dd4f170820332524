/**
 * The timers and the clock as they are before the first cell. What runs in the thread of cells goes by these: a cell
 * may put others in their place, as tests do that turn the clock by hand, and those may stand still.
 */
const { setTimeout, clearTimeout, setImmediate, clearImmediate, queueMicrotask, Date: OwnDate } = globalThis;
const { performance } = globalThis;
const now = performance.now.bind(performance);

export { clearImmediate, clearTimeout, now, OwnDate, queueMicrotask, setImmediate, setTimeout };
