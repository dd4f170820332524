import type { FastifyInstance, FastifySchema, FastifySchemaValidationError } from "fastify";
import { RequestError } from "./errors.ts";

/** A text that clients may leave out, or send as null. */
export const text = { type: ["string", "null"] } as const;

/** A name for a kernel, which is part of addresses. */
export const id = { type: ["string", "null"], pattern: "^[\\w.-]*$" } as const;

/** A body with these fields, all of which may be left out, as the body itself may; what else is in it is left alone. */
export function bodyWith(properties: Record<string, object>): { schema: FastifySchema } {
  return { schema: { body: { type: ["object", "null"], properties } } };
}

/**
 * How what a request says is looked at: as it was sent, nothing of it turned into what was wanted. In the address, each
 * name may be there once.
 */
export const validation = {
  customOptions: {
    coerceTypes: false,
    removeAdditional: false,
    useDefaults: false,
    verbose: true,
    allowUnionTypes: true,
  },
} as const;

/** Lets every route refuse an address in which something is said twice. */
export function expectSingleTexts(app: FastifyInstance): void {
  app.addHook("onRoute", route => {
    const querystring = { type: "object", additionalProperties: { type: "string" } };
    route.schema = { querystring, ...route.schema };
  });
}

/** What is wrong with a request, as a sentence. */
export function refusedBySchema(errors: FastifySchemaValidationError[], part: string): RequestError {
  const [{ instancePath, keyword, params, data }] = errors as [FastifySchemaValidationError & { data?: unknown }];
  const place = part === "querystring" ? "address" : part;
  const name = instancePath.slice(1).replaceAll("/", ".");
  const types = [params.type].flat().map(each => kinds[String(each)]);
  const rule = keyword === "type" ? `must be ${types.join(" or ")}` : `must match ${String(params.pattern)}`;
  const what = name === "" ? `the ${place}` : `${name} in the ${place}`;
  return new RequestError(400, `${what}: it ${rule}, but got ${JSON.stringify(data)?.slice(0, 40)}; send it so, once.`);
}

const kinds: Record<string, string> = {
  string: "a text",
  object: "an object",
  integer: "a whole number",
  null: "null",
};
