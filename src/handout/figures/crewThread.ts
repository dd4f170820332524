import { parentPort } from "node:worker_threads";
import type { Answer, Order } from "./crew.ts";
import { drawHere } from "./drawer.ts";
import type { Legibility } from "./legibility.ts";

/** The program of a thread that draws figures. */

parentPort?.on("message", async ({ kind, figure, wide }: Order) => {
  let answer: Answer;
  try {
    const value = kind === "whole" ? drawHere.whole(figure) : drawHere[kind](figure, wide as Legibility);
    answer = { value: await value };
  } catch (error) {
    answer = { problem: (error as Error).message };
  }
  parentPort?.postMessage(answer);
});
