/** Labels of streams, and diagnostics of topologies: what `ldfi blazes` says. */
import type { Entries } from './entry.js';

export const LABELS: Entries = {
  seal: {
    means: `A stream that is deterministic, and says of each value of a key when no more of it comes. A component that
      waits for that sees all of a partition before it answers, in whatever order it came.`,
    example: 'clicks: { to: report.click, seal: campaign }',
    read: 'blazes.md#labels',
  },
  async: {
    means: 'A stream whose content is the same in every run and at every replica, in whatever order messages come.',
    read: 'blazes.md#labels',
  },
  run: {
    means: `A stream that may have something else in each run: a component stores, or answers by, the order in which its
      messages happened to come. A replay gives other results.`,
    remedy: 'Seal what comes in, or put it in an order that is kept for a replay. The plan says where.',
    read: 'blazes.md#labels',
  },
  inst: {
    means: `A stream that may have something else from each replica: they have the same messages, and answer before all of
      them have come.`,
    remedy: 'Seal what is written to them by what their answers are about, or put it in one order.',
    read: 'blazes.md#labels',
  },
  diverge: {
    means: `Replicas that may stay different for ever: they store what depended on the order of their messages, or what
      other replicas answered differently.`,
    remedy: 'Coordinate where it begins, which is where the plan says so.',
    read: 'blazes.md#labels',
  },
  taint: {
    means: `State that depends on the order of what came in. It is Diverge where the component is replicated, and Run where
      it is not.`,
    read: 'blazes.md#rules',
  },
  ndread: {
    means: `An answer that depends on what was written before the question. It is Inst where the component is replicated,
      Run where it is not, and nothing bad where all that is read is sealed by what fits.`,
    read: 'blazes.md#rules',
  },
};

export const TOPOLOGIES: Entries = {
  'bad-yaml': {
    means: 'The file of a topology is no YAML, or uses aliases without measure.',
    remedy: 'Correct what is marked.',
    read: 'blazes.md#a-topology',
  },
  'bad-topology': {
    means: `A setting that there is not, one that is missing, or a value of another kind than it must be: a path without a
      label, a gate where no order matters, an end that is not \`component.interface\`.`,
    example: 'count: { paths: [{ from: words, to: counts, label: OW, gate: [word, batch] }] }',
    remedy: 'Correct what is marked. Editors know the form by the schema `ldfi/schemas/topology.json`.',
    read: 'blazes.md#a-topology',
  },
  'unknown-end': {
    means: `A stream begins or ends at a component that there is not, or at an interface that none of its paths has on that
      side.`,
    example: 'words: { from: splitter.words, to: count.words }',
    remedy: 'Take one of the names that are listed, or add the path.',
    read: 'blazes.md#a-topology',
  },
  'fed-by-nothing': {
    means: `Nothing ever comes to an interface: no stream from outside leads there, by however many components. What is
      only fed by itself is among that.`,
    remedy: 'Add the stream that is missing, or take the path away.',
    read: 'blazes.md#a-topology',
  },
  'no-streams': {
    means: 'A topology without streams, or a stream that leads from nowhere to nowhere: there is nothing to label.',
    remedy: 'Give a stream a `from`, a `to`, or both.',
    read: 'blazes.md#a-topology',
  },
};
