/** What packages written for Node ask of `process` in a browser. */
export const process = {
  env: { NODE_ENV: "production" },
  cwd: () => "/",
  platform: "browser",
  browser: true,
  argv: [],
  version: "",
};
