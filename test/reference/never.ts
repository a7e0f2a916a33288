/**
 * Random programs that promise something of every tick: a random program with a rule for `never` over its relations;
 * every other one has nothing but that.
 */
import type { Program } from '../../src/dedalus/program.js';
import type { Bounds } from '../../src/faults/fault.js';
import { naiveRun } from './naive.js';
import { randomSpec } from './random-program.js';
import { load } from './testing.js';

/** Rules that are tried before a seed is given up. */
const TRIES = 12;

/** Undefined if no rule that was tried holds without faults. */
export function neverSpec(seed: number): { text: string; program: Program; bounds: Bounds } | undefined {
  const { text, bounds } = randomSpec(seed);
  const isAlone = seed % 2 === 0;
  const own = text
    .split('\n')
    .filter((line) => !(isAlone && /^(pre|post)\(/.test(line)))
    .join('\n');
  const wide = [...load(text).relations.values()].filter(
    ({ name, arity, builtin }) => arity >= 2 && !builtin && name !== 'pre' && name !== 'post',
  );
  let state = seed * 2 + 1;
  const dice = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  for (let attempt = 0; attempt < TRIES && wide.length > 0; attempt++) {
    const atom = (location: string, value: string): string => {
      const { name, arity } = wide[dice(wide.length)] as (typeof wide)[0];
      return `${name}(${[location, value, ...Array.from({ length: arity - 2 }, () => '_')].join(', ')})`;
    };
    const bodies = [
      () => `${atom('N', 'P')}, notin ${atom('N', 'P')}`,
      () => `${atom('N', 'P')}, notin ${atom('N', '_')}`,
      () => `${atom('N', 'P')}, ${atom('N', 'Q')}, P != Q`,
      () => `${atom('N', 'P')}, ${atom('M', 'P')}, N < M`,
      () => `${atom('N', 'P')}, notin ${atom('_', 'P')}, notin crash(N, N, _)`,
      () => `${atom('N', 'P')}, notin ${atom('N', 'P')}@2`,
    ];
    const body = (bodies[dice(bodies.length)] as () => string)();
    const whole = `${own}\nnever(N, P) :- ${body};\n`;
    const program = load(whole);
    if (naiveRun(program, bounds, []).outcome.kind === 'holds') return { text: whole, program, bounds };
  }
  return undefined;
}
