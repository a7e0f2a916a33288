/**
 * The schema of the labels of a topology: what `ldfi blazes --json` writes.
 */
import * as z from 'zod';
import { analyse } from '../../blazes/analyse.js';
import { isDeterministic } from '../../blazes/labels.js';
import { planOf } from '../../blazes/plan.js';
import { endOf, type Topology } from '../../blazes/topology.js';
import { printableJson } from '../result.js';

const SCHEMA_VERSION = 1;

const names = z.array(z.string());

const labelSchema = z.union([
  z.strictObject({ kind: z.literal('Seal'), key: names.min(1) }),
  z.strictObject({ kind: z.enum(['Async', 'Run', 'Inst', 'Diverge']) }),
]);

const stepSchema = z.strictObject({
  stream: z.string(),
  /** Its label before the path. */
  input: labelSchema,
  /** The interface it comes in by, and what the path is. */
  from: z.string(),
  annotation: z.enum(['CR', 'CW', 'OR', 'OW']),
  /** Left out where it is not known. */
  gate: names.min(1).optional(),
  /** What the path makes of it, before it is reconciled. */
  derived: z.enum(['label', 'Taint', 'NDRead']),
  /** Of an NDRead: that all it reads is sealed. */
  protected: z.literal(true).optional(),
  label: labelSchema,
});

export const blazesSchema = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  tool: z.strictObject({ name: z.literal('ldfi'), version: z.string() }),
  file: z.string(),
  name: z.string().optional(),
  /** Whether every label is Async or Seal. */
  deterministic: z.boolean(),
  streams: z.array(
    z.strictObject({
      name: z.string(),
      /** `component.interface`; left out for what comes from outside. */
      from: z.string().optional(),
      to: names,
      label: labelSchema,
    }),
  ),
  components: z.array(z.strictObject({ name: z.string(), replicated: z.boolean() })),
  /** What comes out of components, and why it has its label. */
  outlets: z.array(
    z.strictObject({
      component: z.string(),
      interface: z.string(),
      replicated: z.boolean(),
      label: labelSchema,
      steps: z.array(stepSchema),
    }),
  ),
  /** With this every label is Async or Seal. */
  plan: z.array(
    z.strictObject({
      component: z.string(),
      interface: z.string(),
      strategy: z.enum(['seal', 'sequence']),
      streams: names,
      /** In place of an order these could be sealed by some attributes of the gate. */
      sealable: names,
      gate: names,
    }),
  ),
});

export type BlazesResult = z.infer<typeof blazesSchema>;

/** @param file as it is shown */
export function toBlazes(version: string, file: string, topology: Topology): BlazesResult {
  const { streams, outlets } = analyse(topology);
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'ldfi', version },
    file,
    ...(topology.name !== undefined && { name: topology.name }),
    deterministic: outlets.every(({ label }) => isDeterministic(label)),
    streams: streams.map(({ name, label }) => {
      const { from, to = [] } = topology.streams[name] ?? {};
      return { name, ...(from !== undefined && { from }), to, label: copied(label) };
    }),
    components: Object.entries(topology.components).map(([name, { rep }]) => ({ name, replicated: rep })),
    outlets: outlets.map(({ component, face, isReplicated, label, settled }) => ({
      component,
      interface: face,
      replicated: isReplicated,
      label: copied(label),
      steps: settled.map(({ step: { stream, input, path, derived }, isProtected, label: after }) => ({
        stream,
        input: copied(input),
        from: endOf(component, path.from),
        annotation: path.label,
        ...(path.gate && path.gate.length > 0 && { gate: [...path.gate] }),
        derived: derived.kind,
        ...(isProtected && { protected: true as const }),
        label: copied(after),
      })),
    })),
    plan: planOf(topology).map(({ component, face, strategy, streams: waited, sealable, gate }) => ({
      component,
      interface: face,
      strategy,
      streams: [...waited],
      sealable: [...sealable],
      gate: [...gate],
    })),
  };
}

type LabelResult = z.infer<typeof labelSchema>;

const copied = (
  label: Readonly<LabelResult> | { readonly kind: 'Seal'; readonly key: readonly string[] },
): LabelResult => (label.kind === 'Seal' ? { kind: label.kind, key: [...label.key] } : { kind: label.kind });

/** The same bytes for the same labels. */
export const blazesToJson = (result: BlazesResult): string =>
  `${printableJson(JSON.stringify(result, undefined, 2))}\n`;
