import type { Questions } from "./questions.ts";

/**
 * Puts `prompt(text)` on `globalThis`: asks the reader of the notebook for a line of text and waits
 * for it, as in a browser. A second argument is what an empty answer means, or `{ password: true }`,
 * which hides what is typed.
 */
export function installPrompt(questions: Questions): void {
  const prompt = (text: unknown = "", second?: unknown): string => {
    const options: { password?: boolean } = typeof second === "object" && second !== null ? second : {};
    const answer = questions.ask(String(text), options.password === true);
    return answer === "" && typeof second === "string" ? second : answer;
  };
  Object.defineProperty(globalThis, "prompt", { value: prompt, writable: true, configurable: true });
}
