/**
 * Stories of random programs and of example protocols are true: every fact that is told is so in the run of an
 * evaluator that shares nothing with the engine, and every fault has its place, once.
 */
import { describe, expect, it } from 'vitest';
import { prng } from '../../../src/core/prng.js';
import type { Row } from '../../../src/core/value.js';
import type { Scenario } from '../../../src/faults/fault.js';
import { canonical, formatFault, isAdmitted } from '../../../src/faults/scenario.js';
import { DedalusSystem } from '../../../src/lineage/ground/system.js';
import { DedalusProvenance } from '../../../src/report/provenance/dedalus/provenance.js';
import { messageOf } from '../../../src/report/provenance/learned/facts.js';
import { readableMessage } from '../../../src/report/provenance/learned/readable.js';
import type { Told } from '../../../src/report/provenance/story/clause.js';
import { type Story, storyOf } from '../../../src/report/provenance/story/story.js';
import { storyInWords } from '../../../src/report/story.js';
import { naiveRun } from '../../reference/naive.js';
import { randomSpec } from '../../reference/random-program.js';
import { crashSets, omissions } from '../../reference/scenarios.js';
import { enough, sized } from '../../size.js';
import { programFrom } from '../../support.js';
import { NAMES, reportedOf } from '../provenance/learned/protocols.js';

const GROUP = 20;
const SEEDS = Array.from({ length: sized(40) }, (_, i) => i * GROUP);

const toldIn = ({ claim, causes }: Story): Told[] => [
  ...claim.told,
  ...causes.flatMap(({ clause }) => clause?.told ?? []),
];

/** Faults in the order of the scenario, each once, and none but those. */
function expectAllFaults(story: Story, scenario: Scenario): void {
  const named = [...story.causes.flatMap(({ faults }) => faults), ...story.others].map(formatFault).sort();
  expect(named).toEqual(scenario.map(formatFault).sort());
  const words = storyInWords(story);
  if (scenario.length === 0) expect(words).toContain('even without any fault');
}

describe('random programs', () => {
  let stories = 0;
  let clauses = 0;

  it.each(SEEDS)(
    'from seed %i on',
    (first) => {
      for (let seed = first; seed < first + GROUP; seed++) {
        const { text, bounds } = randomSpec(seed);
        const program = programFrom(text);
        const of = new DedalusProvenance(new DedalusSystem(program, bounds));
        const random = prng(seed + 1);
        const losses = omissions(bounds);
        const drawn = Array.from({ length: 6 }, () => {
          const crashes = crashSets(bounds);
          const some = losses.filter(() => random(100) < 30);
          return canonical([...some, ...(crashes[random(crashes.length)] ?? [])]);
        });
        for (const scenario of [[], ...drawn]) {
          if (!isAdmitted(scenario, bounds)) continue;
          const story = storyOf(of.case(scenario));
          const run = naiveRun(program, bounds, scenario);
          expect(story !== undefined, `seed ${seed}`).toBe(run.outcome.kind === 'violated');
          if (!story) continue;
          stories++;
          expectAllFaults(story, scenario);
          const holds = (relation: string, row: Row, tick: number): boolean =>
            (run.ticks[tick]?.get(relation) ?? []).some((there) =>
              row.every((value, i) => value === '\0' || value === there[i]),
            );
          for (const { fact, holds: wanted, ever } of toldIn(story)) {
            clauses++;
            const name = `seed ${seed}: ${storyInWords(story)}`;
            expect(holds(fact.relation, fact.row, fact.tick), name).toBe(wanted);
            if (!ever) continue;
            for (let tick = 1; tick <= bounds.eot; tick++)
              expect(holds(fact.relation, fact.row, tick), name).toBe(false);
          }
        }
      }
    },
    600_000,
  );

  it('are worth something', () => {
    expect(stories).toBeGreaterThanOrEqual(enough(1_500));
    expect(clauses).toBeGreaterThan(2 * stories);
  });
});

describe('example protocols', () => {
  it.each(NAMES)('%s', async (name) => {
    let told = 0;
    for (const { of, found, makeSystem } of await reportedOf(name)) {
      const system = makeSystem();
      for (const scenario of found) {
        const story = storyOf(of.case(scenario));
        if (!story) throw new Error('a counterexample has a story');
        expectAllFaults(story, scenario);
        const run = system.plain(scenario);
        for (const { fact, holds, ever } of toldIn(story)) {
          const message = messageOf(fact);
          if (!message) continue;
          told++;
          const labels = of.known.labels(message.batch);
          const arrivals = run.messages.filter(
            ({ from, to, message: { copy } }) =>
              from === message.from && to === message.to && labels.includes(readableMessage(copy)),
          );
          const at = arrivals.filter(({ sent }) => sent === message.sent).flatMap((one) => one.at);
          expect(at.includes(fact.tick), storyInWords(story)).toBe(holds);
          if (ever) expect(arrivals.flatMap((one) => one.at)).toEqual([]);
        }
      }
    }
    if (name !== 'crdt-set') expect(told).toBeGreaterThan(0);
  });
});
