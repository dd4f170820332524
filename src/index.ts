export * from "./engine/index.ts";
export * from "./generative/index.ts";
