import { assertCount, assertFields, assertList, told } from "./check.ts";
import { assertProbabilities } from "./entropy.ts";
import { arithmeticDecode, arithmeticEncode, arithmeticPrefix, type Predict } from "./arithmeticCoder.ts";

/** A latent-variable model over numbers: z is one of 0 … prior.length − 1, x one of 0 … likelihood[z].length − 1. */
export interface BitsBackModel {
  /** p(z) */
  prior: readonly number[];
  /** p(x|z): a row for each z */
  likelihood: readonly (readonly number[])[];
  /** q(z|x): a row for each x. Positive where p(x, z) is. */
  encoder: readonly (readonly number[])[];
}

export interface BitsBackMessage {
  /** The code of all (z, x), then what is left of the bits that came along. */
  bits: Uint8Array;
  /** Bits that came along and are given back beyond what is appended: the receiver gets them from z. */
  returned: number;
}

/**
 * `length = Σ log₂ q(z|x) − log₂ p(x, z)`, on average −ELBO, up to a few bits in all: bits-back coding.
 *
 * Which z to send along with an x is free, so it can carry a message: other bits, that had to be sent anyway, are
 * *decoded* under q(z|x) into a z. The receiver gets z, encodes it again, and has them back. `bits` less `extra` is
 * what the data cost. Hinton & van Camp, Keeping Neural Networks Simple, 1993; Frey & Hinton, 1997.
 *
 * @param extra bits that look like fair coins; enough for all draws, about H(q) for each datum
 * @throws RangeError where they run out, a datum is no x, the model's tables do not fit together, or q(z|x) draws a z
 * for which p(x, z) is 0
 */
export function bitsBackEncode(data: readonly number[], model: BitsBackModel, extra: Uint8Array): BitsBackMessage {
  assertModel("bitsBackEncode", model);
  assertList("bitsBackEncode", "data", data);
  assertBits("bitsBackEncode", "extra", extra);
  const wrong = data.find(x => !Number.isInteger(x) || model.encoder[x] === undefined);
  if (wrong !== undefined) {
    throw new RangeError(
      `bitsBackEncode: a datum must be an integer from 0 to ${model.encoder.length - 1}, but got ${told(wrong)}; encoder has a row for each x.`,
    );
  }
  const draw = drawing(data, model);
  const z = arithmeticDecode(extra, data.length, draw);
  const prefix = arithmeticPrefix(z, draw);
  if (prefix.length > extra.length - 32) {
    throw new RangeError(
      `bitsBackEncode: extra must have 32 bits more than the draws take, ${prefix.length}, but got ${extra.length}; add some.`,
    );
  }
  const pairs = data.flatMap((x, i) => [z[i] as number, x]);
  const code = arithmeticEncode(pairs, pairing(model));
  return { bits: Uint8Array.from([...code, ...extra.subarray(prefix.length)]), returned: prefix.length };
}

/**
 * The data, and the bits that came along. `count` data; `extraLength` bits of `extra`.
 *
 * @throws RangeError where a number is no count, or there are fewer bits than the extra ones need
 */
export function bitsBackDecode(
  bits: Uint8Array,
  count: number,
  model: BitsBackModel,
  extraLength: number,
): { data: number[]; extra: Uint8Array } {
  assertModel("bitsBackDecode", model);
  assertBits("bitsBackDecode", "bits", bits);
  if (!Number.isInteger(count)) assertCount("bitsBackDecode", "count", count, "it is how many data were sent", 0);
  const pairs = arithmeticDecode(bits, 2 * count, pairing(model));
  const data = pairs.filter((_, i) => i % 2 === 1);
  const z = pairs.filter((_, i) => i % 2 === 0);
  const prefix = arithmeticPrefix(z, drawing(data, model));
  const rest = Number.isInteger(extraLength) ? extraLength - prefix.length : Number.NaN;
  if (!(Number.isInteger(rest) && rest >= 0 && rest <= bits.length)) {
    throw new RangeError(
      `bitsBackDecode: extraLength must be that of the extra bits, from ${prefix.length} to ${prefix.length + bits.length} here, but got ${told(extraLength)}; send it along.`,
    );
  }
  return { data, extra: Uint8Array.from([...prefix, ...bits.subarray(bits.length - rest)]) };
}

function assertBits(what: string, name: string, bits: Uint8Array): void {
  if (bits instanceof Uint8Array) return;
  throw new TypeError(`${what}: ${name} must be a Uint8Array, but got ${told(bits)}; one bit is one entry.`);
}

/** A row of the likelihood for each z, one of the encoder for each x, and all of the right length. */
function assertModel(what: string, model: BitsBackModel): void {
  assertFields(what, "model", model, ["prior", "likelihood", "encoder"]);
  const { prior, likelihood, encoder } = model;
  for (const [name, list] of Object.entries({ prior, likelihood, encoder })) assertList(what, name, list);
  for (const [i, row] of [...likelihood, ...encoder].entries()) {
    const [name, at] = i < likelihood.length ? ["likelihood", i] : ["encoder", i - likelihood.length];
    assertList(what, `row ${at} of ${name}`, row);
  }
  const [Z, X] = [prior.length, encoder.length];
  const odd = likelihood.find(row => row.length !== X) ?? encoder.find(row => row.length !== Z);
  if (likelihood.length === Z && odd === undefined) {
    for (const row of [prior, ...likelihood, ...encoder]) assertProbabilities(what, row);
    return;
  }
  throw new RangeError(
    `${what}: likelihood must be ${Z} × ${X} and encoder ${X} × ${Z}, as prior and encoder have ${Z} and ${X} entries, but got ${odd === undefined ? `${likelihood.length} rows of likelihood` : `a row of ${odd.length}`}; give each z and x its row.`,
  );
}

/** q(z_i | x_i) of the next z. */
function drawing(data: readonly number[], { encoder }: BitsBackModel): Predict {
  return before => encoder[data[before.length] as number] as readonly number[];
}

/** p(z), then p(x | z), by turns. */
function pairing({ prior, likelihood }: BitsBackModel): Predict {
  return before => (before.length % 2 === 0 ? prior : (likelihood[before.at(-1) as number] as readonly number[]));
}
