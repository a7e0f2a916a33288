/**
 * A topology: components by what they do to the order of what comes in, and the streams between them. As YAML:
 *
 * ```yaml
 * components:
 *   count: { paths: [{ from: words, to: counts, label: OW, gate: [word, batch] }] }
 * streams:
 *   words: { to: count.words, seal: batch }
 *   counts: { from: count.counts }
 * ```
 * Source: Alvaro, Conway, Hellerstein, Maier, "Blazes: coordination analysis for distributed programs" (ICDE 2014).
 */
import * as z from 'zod';

const WORD = /^[A-Za-z_][\w-]*$/;
const NAME = 'it must be a name of letters, digits, _ and -';
const word = z.string().regex(WORD, NAME);
const END = 'it must be component.interface, as in count.words';
const end = z.string().regex(/^[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*$/, END);

/** One or several; always a list when it has been read. @param wrong said of one that is not right */
const list = (item: typeof word, wrong: string) =>
  z.union([item.transform((one) => [one]), z.array(item).min(1, 'name at least one')], {
    error: ({ input }) => (typeof input === 'string' ? wrong : 'it must be a name or a list of names'),
  });

/** What is not known to be any attribute. */
const UNKNOWN_GATE = '*';

const gateSchema = z
  .union([z.literal(UNKNOWN_GATE).transform((): readonly string[] => []), list(word, NAME)], {
    error: "it must be a list of attributes, or '*' where they are not known",
  })
  .describe("attributes by which the path partitions what it must see in order; '*' if that is not known");

const pathSchema = z
  .strictObject({
    from: word.describe('an interface through which something comes in'),
    to: word.describe('an interface through which something goes out'),
    label: z
      .enum(['CR', 'CW', 'OR', 'OW'])
      .describe('C: confluent, O: the order matters; R: only reads state, W: writes it'),
    gate: gateSchema.optional(),
  })
  .refine(({ label, gate }) => gate === undefined || label.startsWith('O'), {
    path: ['gate'],
    error: 'only a path where the order matters (OR, OW) has a gate',
  });

const componentSchema = z.strictObject({
  rep: z.boolean().default(false).describe('whether there are several replicas of it'),
  paths: z.array(pathSchema).min(1),
});

const streamSchema = z.strictObject({
  from: end.optional().describe('where it comes from: component.interface; from outside if left out'),
  to: list(end, END).optional().describe('where it goes; outside if left out'),
  seal: list(word, NAME).optional().describe('attributes for each value of which it says that no more comes'),
});

const dependencySchema = z.strictObject({ from: list(word, NAME), to: list(word, NAME) });

export const topologySchema = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  components: z.record(word, componentSchema),
  streams: z.record(word, streamSchema),
  injective: z
    .array(dependencySchema)
    .default([])
    .describe('attributes that others determine, different ones differently'),
});

export type Topology = z.infer<typeof topologySchema>;
export type Path = z.infer<typeof pathSchema>;
export type Dependency = z.infer<typeof dependencySchema>;

/** Two ends of paths and streams have the same text if they are the same. */
export const endOf = (component: string, face: string): string => `${component}.${face}`;

/** The component and the interface of an end. */
export const partsOf = (one: string): readonly [component: string, face: string] => {
  const dot = one.indexOf('.');
  return [one.slice(0, dot), one.slice(dot + 1)];
};
