/** Claims, exercises, what is for instructors, and the list of claims at the end. */
export const evidence = `
.claim > span, .exercise > span { min-width: 0; overflow-wrap: anywhere; }
.claim, .exercise { display: flex; gap: 0.6em; padding: 0.35em 0.8em; margin: 0 0 0.45em; border-radius: 5px; font-size: 0.92em; }
.claim, .exercise.right { background: var(--good-ground); }
.claim.fails, .exercise.wrong { background: var(--bad-ground); }
.exercise { background: var(--shade); }
:is(.claim, .exercise) small { color: var(--quiet); font-family: var(--sans); font-size: 0.76em; margin-left: 0.4em; }
.mark { font-weight: 700; color: var(--good); }
.fails .mark, .exercise.wrong .mark { color: var(--bad); }
.exercise.unanswered .mark { color: var(--quiet); }
.evidence > summary { display: inline-block; padding: 0.1em 0.75em; border: 1px solid var(--line); border-radius: 1em; color: var(--good); }
.evidence.fails > summary { color: var(--bad); }
.evidence > summary { list-style: none; }
.evidence > summary::-webkit-details-marker { display: none; }
.instructor { margin: 0 0 0.9em; padding: 0.1em 0 0.1em 1em; border-left: 3px solid var(--accent); }
.instructor-label { margin: 0 0 0.4em; color: var(--accent); font-family: var(--sans); font-size: 0.72rem; font-weight: 650; letter-spacing: 0.03em; }
.instructor > :last-child { margin-bottom: 0; }
.claims { margin-top: 3.5em; font-size: 0.92em; }
.claims ol { list-style: none; padding: 0; }
.claims a { color: inherit; text-decoration-color: var(--line); }
`.trimStart();
