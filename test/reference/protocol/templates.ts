/**
 * Skeletons of protocols as people write them: retries, acknowledgements, quorums, elections, gossip, heartbeats,
 * calls. The generator dresses them up with random operations. Without them random protocols hardly ever hold for a
 * reason.
 */
import type { Dice } from './dice.js';
import type { Cargo, Condition, Expr, Op } from './draft.js';

export interface Handlers {
  readonly init: Op[];
  readonly onMessage: Record<string, Op[]>;
  readonly onTimer: Record<string, Op[]>;
}

const text = (value: string | number): Expr => ['const', value];
const one: Expr = text(1);
const none: Expr = text(0);
const isFirst: Condition = ['is', ['id'], '==', ['first']];
const unless = (condition: Condition, ...ops: Op[]): Op => ['if', condition, [], ops];
const when = (condition: Condition, ...ops: Op[]): Op => ['if', condition, ops, []];

export type Template = (dice: Dice, nodes: readonly string[]) => Handlers;

/** The first node tells the others, and retries: for ever, until it is acknowledged, or not at all. */
const broadcast: Template = (dice) => {
  const acknowledged = dice.chance(50);
  const relay = dice.chance(35);
  const retry: Op = dice.chance(70) ? ['periodic', 'retry', none] : ['timer', 'retry', text(dice.between(0, 2))];
  return {
    init: [
      when(
        isFirst,
        ['set', 'flag', true],
        ['send', 'peers', 'tell', text('x'), 'none'],
        ...(dice.chance(75) ? [retry] : []),
      ),
    ],
    onMessage: {
      tell: [
        ...(relay ? [unless(['flag'], ['send', 'peers', 'tell', text('x'), 'none'])] : []),
        ['set', 'flag', true],
        ...(dice.chance(50) ? [['push', ['value']] as const] : []),
        ...(acknowledged ? [['send', 'from', 'ack', ['count'], 'none'] as const] : []),
      ],
      ack: [
        ['add', ['from']],
        when(['is', ['size', 'seen'], '>=', text(dice.between(1, 2))], ['clear', 'retry'], ['set', 'done', true]),
      ],
    },
    onTimer: { retry: [['send', acknowledged ? 'unseen' : 'peers', 'tell', text('x'), 'none']] },
  };
};

/** A quorum of answers decides; the decision is told. */
const quorum: Template = (dice, nodes) => {
  const needed = dice.between(1, nodes.length - 1);
  const decide: Op[] = [
    ['set', 'done', true],
    ['log', dice.pick(['row', 'plain']), text('decided')],
    ...(dice.chance(60) ? [['send', 'peers', 'decision', text('yes'), 'none'] as const] : []),
  ];
  return {
    init: [when(isFirst, ['send', 'peers', 'request', text(7), 'none'], ['timer', 'again', text(dice.between(0, 1))])],
    onMessage: {
      request: [
        ['put', ['from'], ['value']],
        ['send', 'from', 'answer', ['id'], 'none'],
      ],
      answer: [
        dice.chance(50) ? ['add', ['value']] : ['vote', text('yes'), ['from']],
        ['put', ['value'], ['count']],
        unless(['done'], when(['is', ['size', 'table'], '>=', text(needed)], ...decide)),
      ],
      decision: [
        ['set', 'done', true],
        ['assign', 'word', ['value']],
      ],
    },
    onTimer: {
      again: [
        unless(
          ['done'],
          ['send', 'peers', 'request', text(7), 'none'],
          ...(dice.chance(60) ? [['timer', 'again', none] as const] : []),
        ),
      ],
    },
  };
};

/** Everyone proposes; the greatest proposal seen when time is up wins. */
const election: Template = (dice) => ({
  init: [
    ['best', ['count']],
    ['send', 'peers', 'propose', ['count'], 'none'],
    ['timer', 'over', text(dice.between(1, 2))],
    ...(dice.chance(40) ? [['timer', 'more', none] as const] : []),
  ],
  onMessage: {
    propose: [
      ['best', ['value']],
      ['key', ['from'], ['value']],
    ],
    won: [
      ['assign', 'word', ['value']],
      ['set', 'flag', true],
    ],
  },
  onTimer: {
    more: [['send', 'peers', 'propose', ['best'], 'none']],
    over: [
      ['set', 'done', true],
      when(['is', ['best'], '==', ['count']], ['log', 'plain', ['id']], ['send', 'peers', 'won', ['id'], 'none']),
    ],
  },
});

/** States travel and are merged. */
const gossip: Template = (dice) => {
  const cargo: Cargo = dice.pick(['seen', 'table', 'list', 'nested']);
  const to = dice.pick(['next', 'peers', 'unseen'] as const);
  return {
    init: [
      ['add', ['id']],
      ['put', ['id'], ['count']],
      ['push', ['id']],
      ['vote', text('in'), ['id']],
      [dice.pick(['periodic', 'timer'] as const), 'tick', text(dice.between(0, 1))],
    ],
    onMessage: { merge: [['merge']] },
    onTimer: { tick: [['send', to, 'merge', none, cargo]] },
  };
};

/** Silence means something: who does not hear the beat for a while takes over. */
const heartbeat: Template = (dice) => {
  const patience = text(dice.between(0, 2));
  return {
    init: [
      ['if', isFirst, [[dice.pick(['periodic', 'timer'] as const), 'beat', none]], [['timer', 'watch', patience]]],
    ],
    onMessage: {
      beat: [['timer', 'watch', patience], ['inc', 1], ...(dice.chance(30) ? [['set', 'done', false] as const] : [])],
      lead: [['assign', 'word', ['from']]],
    },
    onTimer: {
      beat: [['send', 'peers', 'beat', ['count'], 'none'], ...(dice.chance(40) ? [['inc', 1] as const] : [])],
      watch: [
        ['set', 'done', true],
        ['log', 'plain', text('lead')],
        ...(dice.chance(60) ? [['send', 'peers', 'lead', none, 'none'] as const] : []),
      ],
    },
  };
};

/** A call that is repeated until it is answered; done once, or as often as it comes. */
const call: Template = (dice) => {
  const work: Op[] = [
    ['inc', 1],
    ['log', dice.pick(['row', 'plain']), ['value']],
  ];
  const once: Op[] = [unless(['seen', ['value']], ['add', ['value']], ...work)];
  return {
    init: [when(isFirst, ['send', 'next', 'call', text(5), 'none'], ['timer', 'again', text(dice.between(0, 1))])],
    onMessage: {
      call: [...(dice.chance(50) ? once : work), ['send', 'from', 'reply', ['count'], 'none']],
      reply: [
        ['set', 'done', true],
        ['clear', 'again'],
        ['path', ['value']],
      ],
    },
    onTimer: {
      again: [
        ['send', 'next', 'call', text(5), 'none'],
        ...(dice.chance(70) ? [['timer', 'again', one] as const] : []),
      ],
    },
  };
};

/** Something goes round; who has it counts it. */
const ring: Template = (dice, nodes) => ({
  init: [when(isFirst, ['send', 'next', 'token', one, 'none'])],
  onMessage: {
    token: [
      ['assign', 'count', ['value']],
      ['extra', ['from']],
      when(['is', ['value'], '<', text(nodes.length + dice.between(-1, 1))], ['timer', 'pass', none]),
    ],
  },
  onTimer: {
    pass: [
      ['send', 'next', 'token', ['plus', ['count'], 1], dice.pick(['none', 'list'])],
      ...(dice.chance(40) ? [['noextra'] as const] : []),
    ],
  },
});

/** Nothing but what the generator adds. */
const bare: Template = () => ({
  init: [['send', 'peers', 'tell', ['id'], 'none']],
  onMessage: { tell: [], ack: [], merge: [] },
  onTimer: { tick: [], retry: [] },
});

export const TEMPLATES: readonly Template[] = [broadcast, quorum, election, gossip, heartbeat, call, ring, bare];
