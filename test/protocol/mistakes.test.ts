/**
 * Mistakes in the lineage of protocols, made on purpose: the comparison with brute force must notice each of them.
 */
import { describe, expect, it } from 'vitest';
import type { ProtocolOptions } from '../../src/lineage/learned/system.js';
import { type Answer, bruteAnswer } from '../reference/protocol/compare.js';
import { Dice } from '../reference/protocol/dice.js';
import { type Edit, withEdits } from '../reference/protocol/mutant.js';
import { randomProtocol } from '../reference/protocol/random-protocol.js';
import { randomScenarios } from '../reference/protocol/random-scenarios.js';
import { firstOf, sized } from '../size.js';

/** Seeds that are tried until enough are answered wrongly. */
const SEEDS = 2_500;
const WANTED = sized(2);

const CONE = 'src/lineage/learned/cone.ts';
const KNOWN = 'src/lineage/learned/known.ts';
const MAIL = 'src/lineage/learned/mail.ts';
const MOVES = 'src/lineage/learned/moves.ts';
const UNROLL = 'src/lineage/learned/unroll.ts';
const OUTBOX = 'src/lineage/learned/outbox.ts';
const OUTCOMES = 'src/lineage/learned/outcomes.ts';
const READS = 'src/protocol/runtime/probe.ts';

interface Mistake extends Edit {
  readonly name: string;
  /** Only protocols with this in them can notice. */
  readonly needs?: string;
}

const IN_WHOLE_RUNS: readonly Mistake[] = [
  {
    name: 'what was lost may as well arrive',
    file: CONE,
    from: 'found.push(this.circuit.or([...this.losses(when), ...(wasSent || !this.isUp(from, sent) ? [] : [asHere])]));',
    to: 'found.push(TRUE);',
  },
  {
    name: 'a crash is as good at another tick, and what the dead would have sent does not matter',
    file: CONE,
    from: 'if (this.happens(when)) found.push',
    to: 'if (!this.isUp(from, this.space.bounds.eot)) found.push(TRUE);\n        else if (this.happens(when)) found.push',
  },
  {
    name: 'who was alive may be dead',
    file: CONE,
    from: 'this.circuit.and([space.up(node, tick), this.before(node, tick), ...sameClock, ...inbox])',
    to: 'this.circuit.and([this.before(node, tick), ...sameClock, ...inbox])',
  },
  {
    name: 'only nodes that are alive at the end matter',
    file: CONE,
    from: 'return this.circuit.and([this.space.falling(node, tick), this.before(node, tick)]);',
    to: 'return TRUE;',
  },
  {
    name: 'inboxes are forgotten',
    file: CONE,
    from: 'this.circuit.and([space.up(node, tick), this.before(node, tick), ...sameClock, ...inbox])',
    to: 'this.circuit.and([space.up(node, tick), this.before(node, tick), ...sameClock, ...inbox.slice(0, 0)])',
  },
];

const IN_LEARNED: readonly Mistake[] = [
  {
    name: 'messages of a crashed sender arrive',
    file: MAIL,
    from: 'circuit.and([when, part.when])',
    to: "circuit.and([when, from === to ? part.when : -this.space.variable({ kind: 'omission', from: this.space.bounds.nodes[from] ?? '', to: this.space.bounds.nodes[to] ?? '', tick: sent })])",
  },
  {
    name: 'omissions are forgotten',
    file: MAIL,
    from: 'circuit.and([when, part.when])',
    to: 'circuit.and([when, from === to ? part.when : this.space.up(from, sent)])',
  },
  {
    name: 'something always arrives: silence is forgotten',
    file: UNROLL,
    from: 'circuit.and([when, nothing])',
    to: 'nothing === 0 ? when : FALSE',
  },
  {
    name: 'a node handles what arrives in the tick of its crash',
    file: UNROLL,
    from: 'this.ends[tick - 1] as Cases[])[node] as Cases)\n          add(sigma, false',
    to: 'this.ends[tick] as Cases[])[node] as Cases)\n          add(sigma, false',
  },
  {
    name: 'the dead are judged as if alive',
    file: UNROLL,
    from: 'add(sigma, false, circuit.and([when, falls]))',
    to: 'add(sigma, true, circuit.and([when, falls]))',
  },
  {
    name: 'a node is in some σ even when it is dead',
    file: 'src/lineage/learned/cases.ts',
    from: 'circuit.or([...formulas, dead])',
    to: 'circuit.or(formulas)',
  },
  {
    name: 'only what happens to the dead is explored',
    file: MOVES,
    from: 'const alive = this.space.up(node, tick);',
    to: 'const alive = -this.space.up(node, tick);',
  },
  {
    name: 'worlds that are possible are left alone',
    file: OUTCOMES,
    from: 'const longer = [...path, when];',
    to: 'const longer = [...path, -when];',
  },
  {
    name: 'what is hard to tell is impossible',
    file: 'src/solver/oracle.ts',
    from: "this.solve(asked) !== 'unsatisfiable'",
    to: "this.solve(asked) === 'unknown'",
  },
  {
    name: 'what is sent again in a tick takes the place of what was sent before',
    file: MOVES,
    from: '? join(first, second) : undefined',
    to: '? second : undefined',
  },
  {
    name: 'where something is sent later in a tick, nothing was sent before',
    file: OUTBOX,
    from: 'both.add(to, batch, circuit.and([when, noneBefore as Formula]));',
    to: 'both.add(to, batch, when);',
  },
  {
    name: 'what was sent before is forgotten where something may be sent later in a tick',
    file: OUTBOX,
    from: 'circuit.and([when, noneAfter as Formula])',
    to: 'circuit.and([when, (after.size > 0 ? FALSE : noneAfter) as Formula])',
  },
  {
    name: 'who sends something in one slot has sent nothing in another',
    file: 'src/lineage/learned/ways.ts',
    from: 'this.before.get(from) ?? this.nothing',
    to: 'this.nothing',
  },
  { name: 'timers do not fire', file: UNROLL, from: '|| !this.transitions.hasDue(sigma);', to: '|| tick > 0;' },
  {
    name: 'a handler that throws breaks nothing',
    file: OUTCOMES,
    from: 'circuit.and([passes, ...intact])',
    to: 'passes',
    needs: '"throw"',
  },
  {
    name: 'whether a node is alive is not looked at',
    file: OUTCOMES,
    from: 'answer = answerTo(probe, candidate.final);',
    to: "answer = probe.part === 'alive' ? 'true' : answerTo(probe, candidate.final);",
  },
  {
    name: 'the keys of a Map or Set go unnoticed',
    file: READS,
    from: "return ask === 'has' ? String(value.has(key)) : textOf([...value.keys()]);",
    to: "return ask === 'has' ? String(value.has(key)) : '';",
  },
];

/** Noticed only while something is unknown: the probes that come before the search would teach too much. */
const WHILE_LEARNING: readonly Mistake[] = [
  {
    name: 'unknown transitions do no harm',
    file: KNOWN,
    from: 'circuit.and([...told.map(({ passes }) => passes), -circuit.or(gaps)])',
    to: 'circuit.and(told.map(({ passes }) => passes))',
  },
  {
    name: 'what the check was never asked holds',
    file: OUTCOMES,
    from: "return tree && tree.outcome.kind !== 'violated' ? TRUE : FALSE;",
    to: "return tree?.outcome.kind !== 'violated' ? TRUE : FALSE;",
  },
];

/** The samples would find a check that is not followed rightly, and read everything then. */
const NO_SAMPLES: Edit = { file: 'src/lineage/learned/answers.ts', from: 'SAMPLES = 64', to: 'SAMPLES = 0' };
const NO_PROBES: Edit = { file: 'src/lineage/learned/system.ts', from: 'probes: 12', to: 'probes: 0' };
const TINY: ProtocolOptions = { limits: { tries: 0, checks: { first: 0, each: 0, most: 0 }, gates: 0 } };

/** By seed: the answer of brute force. */
const answers = new Map<number, Answer | undefined>();

function expected(seed: number): Answer | undefined {
  if (!answers.has(seed)) answers.set(seed, bruteAnswer(randomProtocol(seed), 200));
  return answers.get(seed);
}

/**
 * The first seeds that are answered wrongly after the edits, or not at all because the engine stops at one of its own
 * checks.
 */
function misanswered(edits: readonly Edit[], options: ProtocolOptions, most = SEEDS, needs = ''): Promise<number[]> {
  return withEdits(edits, async ({ searched }) => {
    const seeds: number[] = [];
    for (let seed = 0; seed < most && seeds.length < WANTED; seed++) {
      const draft = randomProtocol(seed);
      const brute = JSON.stringify(draft).includes(needs) ? expected(seed) : undefined;
      if (brute === undefined || brute.verdict === 'vacuous') continue;
      const { verdict, sets } = await searched(draft, '', options);
      if (verdict !== brute.verdict || sets !== brute.sets) seeds.push(seed);
    }
    return seeds;
  });
}

/** The first seeds where the lineage of some run is true of a scenario that ends otherwise. */
function unsound(edits: readonly Edit[], most = SEEDS): Promise<number[]> {
  return withEdits(edits, async ({ compareCones }) => {
    const seeds: number[] = [];
    for (let seed = 0; seed < most && seeds.length < WANTED; seed++) {
      const draft = randomProtocol(seed);
      const dice = new Dice(seed);
      if (compareCones(draft, randomScenarios(draft.bounds, dice, 4), dice) !== undefined) seeds.push(seed);
    }
    return seeds;
  });
}

describe('random protocols notice a mistake in', () => {
  it.each(firstOf(IN_WHOLE_RUNS, 2))(
    'the lineage of whole runs: $name',
    async (mistake) => {
      expect(await unsound([mistake])).toHaveLength(WANTED);
    },
    600_000,
  );

  it.each(firstOf(IN_LEARNED, 3))(
    'learned transitions: $name',
    async ({ needs, ...mistake }) => {
      expect(await misanswered([mistake, NO_SAMPLES], {}, SEEDS, needs)).toHaveLength(WANTED);
    },
    600_000,
  );

  it.each(firstOf(WHILE_LEARNING))(
    'learned transitions, without a budget: $name',
    async (mistake) => {
      expect(await misanswered([mistake, NO_PROBES], TINY)).toHaveLength(WANTED);
    },
    600_000,
  );
});

describe('without a mistake the same comparisons are content', () => {
  it('lineage of whole runs', async () => {
    expect(await unsound([], sized(100))).toEqual([]);
  }, 600_000);

  it('learned transitions', async () => {
    expect(await misanswered([], {}, sized(40))).toEqual([]);
    expect(await misanswered([NO_PROBES], TINY, sized(40))).toEqual([]);
  }, 600_000);
});
