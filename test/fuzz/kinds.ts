/**
 * Random programs and protocols under all kinds of faults, one mix after the other.
 */
import {
  compareAlways,
  compareHistory,
  compareNever,
  compareProgram,
  compareProtocol,
  compareRelays,
  type KindsComparison,
  PROGRAM_MIXES,
  PROTOCOL_MIXES,
} from '../reference/compare-kinds.js';
import type { Subject } from './subject.js';

const subjectOf = (
  name: string,
  mixes: readonly string[],
  compare: (seed: number, mix: string) => Promise<KindsComparison | undefined>,
): Subject => {
  const mixOf = (seed: number): string => mixes[seed % mixes.length] ?? '';
  return {
    name,
    async examine(seed) {
      const comparison = await compare(seed, mixOf(seed));
      if (!comparison) return { verdict: undefined, mismatches: [] };
      const mismatches = Object.keys(comparison.differ).length > 0 ? [JSON.stringify(comparison, undefined, 1)] : [];
      return { verdict: comparison.wanted === '' ? 'holds' : 'violated', mismatches };
    },
    shrunk: async (seed) => `seed ${seed} under ${mixOf(seed)}`,
  };
};

export const kindsOfPrograms = subjectOf('programs under all kinds', Object.keys(PROGRAM_MIXES), compareProgram);
/** One in five records what clients see. */
export const kindsOfProtocols = subjectOf(
  'protocols under all kinds',
  Object.keys(PROTOCOL_MIXES),
  async (seed, mix) => (seed % 5 === 3 && (await compareHistory(seed, mix))) || compareProtocol(seed, mix),
);

export const relays = subjectOf('programs with fates for single messages', ['relays'], compareRelays);

/** With a promise of every tick; `usual`: omissions and crashes. */
export const ticksOfPrograms = subjectOf(
  'programs with a promise of every tick',
  [...Object.keys(PROGRAM_MIXES), 'usual'],
  compareNever,
);
export const ticksOfProtocols = subjectOf(
  'protocols with a promise of every tick',
  [...Object.keys(PROTOCOL_MIXES), 'usual'],
  compareAlways,
);
