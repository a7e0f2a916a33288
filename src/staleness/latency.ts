/**
 * How long messages between a client's coordinator and a replica take: a model of four one-way latencies, in
 * milliseconds.
 *
 * W is a write on its way to a replica, A its acknowledgement, R a read on its way, S the answer. Each is a mixture of
 * distributions, and independent of all others.
 *
 * ```json
 * { "name": "LAN", "W": [{ "weight": 0.9, "pareto": { "scale": 0.2, "shape": 10 } },
 *                        { "weight": 0.1, "exponential": { "rate": 1.7 } }] }
 * ```
 * Source: the WARS model of Bailis et al., "Probabilistically bounded staleness for practical partial quorums" (VLDB
 * 2012), §4.1.
 */
import * as z from 'zod';

const positive = z.number().positive().max(1e9);
const ms = z.number().min(0).max(1e9);

/** What the weights of a mixture may be off by together. */
const SLACK = 1e-6;

const SHAPES = {
  pareto: z.strictObject({ scale: positive, shape: positive }).describe('heavy tail: least value in ms, and exponent'),
  exponential: z.strictObject({ rate: positive }).describe('per ms: the mean is 1 / rate'),
  uniform: z
    .strictObject({ from: ms, to: ms })
    .refine(({ from, to }) => from <= to, 'from is not beyond to')
    .describe('ms'),
  constant: ms.describe('ms'),
  measured: z.array(ms).min(1).max(10_000_000).describe('ms, each as probable as the others'),
};

const SHAPE_NAMES = Object.keys(SHAPES) as (keyof typeof SHAPES)[];

const partSchema = z
  .strictObject({
    weight: z.number().positive().max(1).default(1).describe('how probable this part of the mixture is'),
    ...SHAPES,
  })
  .partial(Object.fromEntries(SHAPE_NAMES.map((name) => [name, true])) as Record<keyof typeof SHAPES, true>)
  .refine(
    (part) => SHAPE_NAMES.filter((name) => part[name] !== undefined).length === 1,
    `give one of ${SHAPE_NAMES.join(', ')}`,
  );

const mixtureSchema = z
  .array(partSchema)
  .min(1)
  .max(100)
  .refine(
    (parts) => Math.abs(parts.reduce((sum, { weight }) => sum + weight, 0) - 1) < SLACK,
    'the weights must come to 1',
  );

export const latencySchema = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(1).max(200).describe('what the model is called'),
  W: mixtureSchema.describe('a write on its way to a replica'),
  A: mixtureSchema.optional().describe('its acknowledgement; as W if left out'),
  R: mixtureSchema.optional().describe('a read on its way to a replica; as A if left out'),
  S: mixtureSchema.optional().describe('its answer; as R if left out'),
  remote: ms
    .default(0)
    .describe(
      'ms more, each way, to all replicas but the one in the datacentre of the write, or of the read: each any one',
    ),
});

export type LatencyModel = z.infer<typeof latencySchema>;
type Part = z.infer<typeof partSchema>;

/** Gives a latency each time it is called, from numbers between 0 and 1. */
export type Draw = (uniform: () => number) => number;

/** The four of them, W, A, R and S. */
export function drawsOf({ W, A = W, R = A, S = R }: LatencyModel): readonly [Draw, Draw, Draw, Draw] {
  return [mixtureDraw(W), mixtureDraw(A), mixtureDraw(R), mixtureDraw(S)];
}

function mixtureDraw(parts: readonly Part[]): Draw {
  const draws = parts.map(partDraw);
  const last = draws.pop() as Draw;
  // From the back: one comparison for the first part, and one more for each that follows.
  return draws.reduceRight<Draw>((rest, draw, i) => {
    const left = parts.slice(i).reduce((sum, { weight }) => sum + weight, 0);
    const share = (parts[i]?.weight ?? 1) / left;
    return (uniform) => (uniform() < share ? draw(uniform) : rest(uniform));
  }, last);
}

function partDraw({ pareto, exponential, uniform: range, constant = 0, measured }: Part): Draw {
  if (pareto) {
    const exponent = -1 / pareto.shape;
    // More than twice as fast as a power.
    return (uniform) => pareto.scale * Math.exp(Math.log(uniform()) * exponent);
  }
  if (exponential) return (uniform) => -Math.log(uniform()) / exponential.rate;
  if (range) return (uniform) => range.from + (range.to - range.from) * uniform();
  if (measured) return (uniform) => measured[Math.floor(uniform() * measured.length)] as number;
  return () => constant;
}
