import { afterAll, beforeAll, expect, it } from "vitest";
import { makeWorkspace, slowness } from "../support.ts";
import { stopAll, TestKernel } from "./client.ts";
import { hostile, settings, uses } from "./hostile.ts";

/** `npm run test:endurance` tries 2,000; the suite tries as many as it has time for, others for each seed. */
const tries = Number(process.env.LECTERN_ENDURANCE ?? 250);
const seed = Number(process.env.LECTERN_SEED ?? 1);

const workspace = makeWorkspace();
let kernel: TestKernel;

const start = async () => {
  kernel = await TestKernel.start({ directory: workspace.notebooks });
  await kernel.run('import vm from "node:vm"; import { display, show } from "lectern/notebook"; 0');
};

beforeAll(start);
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

/** The n-th of all combinations, in an order in which neighbours have nothing in common. */
function combination(n: number): string {
  const index = ((n + seed * 7919) * 10_007) % (hostile.length * settings.length * uses.length);
  const value = hostile[index % hostile.length] as string;
  const setting = settings[Math.floor(index / hostile.length) % settings.length] as (typeof settings)[number];
  const use = uses[Math.floor(index / hostile.length / settings.length)] as (typeof uses)[number];
  return `// @ts-nocheck\n${use(setting(value))}`;
}

it("answers every cell, and is idle again soon, whatever is thrown, shown and logged", {
  timeout: 1_200_000,
}, async () => {
  const wrong: string[] = [];
  for (let n = 0; n < tries; n++) {
    const code = combination(n);
    const since = performance.now();
    try {
      const { reply } = await kernel.run(code);
      const milliseconds = performance.now() - since;
      if (!["ok", "error"].includes(reply.content.status)) wrong.push(`${reply.content.status}: ${code}`);
      if (milliseconds > 2000 * slowness) wrong.push(`${Math.round(milliseconds)} ms: ${code}`);
    } catch (error) {
      wrong.push(`${error} ${kernel.stderr.slice(-300)}: ${code}`);
      await kernel.stop();
      await start();
    }
    kernel.messages.length = 0;
  }
  expect(wrong).toEqual([]);
  expect((await kernel.run("6 * 7")).value).toBe("42");
});
