/**
 * Skeletons of realistic protocols that speak: broadcast, relay, acknowledged retry, quorum, report. Each one takes
 * its input from what is already there or from new facts, varies at random, and leaves relations for others to use.
 */
import { type Column, type Draft, type Relation, variables } from './draft.js';

/** What every program has: who is there, and a ring of neighbours. */
export interface World {
  readonly draft: Draft;
  /** `node(N, M)`: N knows M. Lasts. */
  readonly node: Relation;
  /** `next(N, M)`: M follows N. Lasts. */
  readonly next: Relation;
}

/** Facts that every program starts from. */
export function world(draft: Draft): World {
  const node: Relation = { name: 'node', columns: ['node', 'node'], level: 0, derived: false };
  draft.relations.push(node);
  const next = draft.declare('next', ['node', 'node'], 0, false);
  const withSelf = draft.chance(60);
  for (const a of draft.nodes) {
    for (const b of draft.nodes) if (withSelf || a !== b) draft.fact(node, [a, b], 1);
  }
  draft.nodes.forEach((a, i) => {
    draft.fact(next, [a, draft.nodes[(i + 1) % draft.nodes.length] as string], 1);
  });
  draft.persist(node);
  draft.persist(next);
  return { draft, node, next };
}

/** Something to send: a known relation with a value column, or new facts. */
export function source({ draft }: World): Relation {
  const known = draft.relations.filter((it) => it.columns.length >= 2 && it.derived);
  if (known.length > 0 && draft.chance(55)) return draft.pick(known);
  const facts = draft.declare(draft.pick(['init', 'bcast', 'begin', 'request']), ['node', 'data'], 0, false);
  const count = draft.between(1, 2);
  for (let i = 0; i < count; i++) {
    const tick = draft.chance(75) ? 1 : 2;
    draft.fact(facts, [draft.pick(draft.nodes), draft.pick(draft.data)], tick);
  }
  if (draft.chance(70)) draft.persist(facts);
  return facts;
}

/** The column of a relation that `view` will show, and what it holds. */
function valueColumn(draft: Draft, relation: Relation): { index: number; column: Column } {
  const index = draft.between(1, relation.columns.length - 1);
  return { index, column: relation.columns[index] as Column };
}

/** One node tells all; perhaps everyone who hears it tells all again. */
export function broadcast(it: World): void {
  const { draft, node } = it;
  const from = source(it);
  const { index, column } = valueColumn(draft, from);
  const log = draft.declare(draft.pick(['log', 'store']), ['node', column], from.level);
  const others = draft.chance(30) && 'M != N';
  draft.rule(`${log.name}(M, P)`, '@async', draft.view(from, 'N', 'P', index), `${node.name}(N, M)`, others);
  if (draft.chance(60)) draft.rule(`${log.name}(N, P)`, '', draft.view(from, 'N', 'P', index));
  if (draft.chance(90)) draft.persist(log);
  if (draft.chance(55)) {
    const once = draft.chance(20) && `notin ${log.name}(N, P)@1`;
    draft.rule(`${log.name}(M, P)`, '@async', `${log.name}(N, P)`, `${node.name}(N, M)`, once);
  }
}

/** From neighbour to neighbour, two or three hops; perhaps a direct way too. */
export function relay(it: World): void {
  const { draft, node, next } = it;
  const from = source(it);
  const { index, column } = valueColumn(draft, from);
  let last = draft.view(from, 'N', 'P', index);
  let hop: Relation = from;
  const hops = draft.between(2, 3);
  for (let i = 0; i < hops; i++) {
    hop = draft.declare('hop', ['node', column], 0);
    const filter = draft.chance(12) && `P != ${draft.constant(column)}`;
    draft.rule(`${hop.name}(M, P)`, '@async', last, `${next.name}(N, M)`, filter);
    last = `${hop.name}(N, P)`;
    if (draft.chance(30)) draft.persist(hop);
  }
  const got = draft.declare('got', ['node', column], from.level);
  draft.rule(`${got.name}(N, P)`, '', last);
  draft.persist(got);
  if (draft.chance(50)) {
    draft.rule(`${got.name}(M, P)`, '@async', draft.view(from, 'N', 'P', index), `${node.name}(N, M)`);
  }
}

/** Send again until it is acknowledged. */
export function retry(it: World): void {
  const { draft, node } = it;
  const from = source(it);
  const { index, column } = valueColumn(draft, from);
  const ask = draft.declare('ask', ['node', 'node', column], from.level);
  const msg = draft.declare('msg', ['node', 'node', column], 0);
  const ack = draft.declare('ack', ['node', 'node', column], 0);
  const kept = draft.declare('kept', ['node', column], 0);
  draft.rule(
    `${ask.name}(N, M, P)`,
    '',
    draft.view(from, 'N', 'P', index),
    `${node.name}(N, M)`,
    draft.chance(50) && 'N != M',
  );
  const done = draft.pick([`notin ${ack.name}(N, M, P)`, `notin ${ack.name}(N, M, _)`, `notin ${ack.name}(N, _, P)`]);
  draft.rule(`${ask.name}(N, M, P)`, '@next', `${ask.name}(N, M, P)`, done);
  draft.rule(`${msg.name}(M, N, P)`, '@async', `${ask.name}(N, M, P)`);
  draft.rule(`${kept.name}(N, P)`, '', `${msg.name}(N, _, P)`);
  draft.rule(`${ack.name}(M, N, P)`, '@async', `${msg.name}(N, M, P)`);
  draft.persist(kept);
  if (draft.chance(75)) draft.persist(ack);
}

/** Everyone votes for what it knows; a value with enough votes is chosen. */
export function quorum(it: World): void {
  const { draft, node } = it;
  const from = source(it);
  const { index, column } = valueColumn(draft, from);
  const vote = draft.declare('vote', ['node', 'node', column], 0);
  const tally = draft.declare('tally', ['node', column, 'int'], vote.level + 1);
  const size = draft.declare('size', ['node', 'int'], 1, false);
  const chosen = draft.declare('chosen', ['node', column], tally.level);
  draft.rule(`${vote.name}(M, N, P)`, '@async', draft.view(from, 'N', 'P', index), `${node.name}(N, M)`);
  draft.persist(vote);
  draft.rule(`${tally.name}(N, P, count<M>)`, '', `${vote.name}(N, M, P)`);
  draft.rule(`${size.name}(N, ${draft.pick(['count<M>', 'count<M>', 'count<_>'])})`, '', `${node.name}(N, M)`);
  const enough = draft.pick(['C > S / 2', 'C > S / 2', '2 * C > S', 'C >= S', 'C >= S - 1', 'C > 1']);
  draft.rule(`${chosen.name}(N, P)`, '', `${tally.name}(N, P, C)`, `${size.name}(N, S)`, enough);
  if (draft.chance(40)) {
    const learned = draft.declare('learned', ['node', column], 0);
    draft.rule(`${learned.name}(M, P)`, '@async', `${chosen.name}(N, P)`, `${node.name}(N, M)`);
    draft.persist(learned);
  }
}

/** Nodes report aggregates of what they know, at once or over time. */
export function report(it: World): void {
  const { draft, node } = it;
  const from = source(it);
  const { index, column } = valueColumn(draft, from);
  const fns = ['count', 'min', 'max', 'sum', 'avg'];
  const one = `${draft.pick(fns)}<P>`;
  const two = draft.pick([`${draft.pick(fns)}<P>`, 'count<_>', 'count<*>']);
  const known = draft.view(from, 'N', 'P', index);
  const shape = draft.random(3);
  if (shape === 0) {
    const sum = draft.declare('sum', ['node', column, 'int'], 0);
    draft.rule(`${sum.name}(M, ${one}, ${two})`, '@async', known, `${node.name}(N, M)`);
    draft.persist(sum);
  } else if (shape === 1) {
    const best = draft.declare('best', ['node', column], 0);
    draft.rule(`${best.name}(N, ${one})`, '@next', known);
    draft.persist(best);
    draft.rule(`${best.name}(M, P)`, '@async', `${best.name}(N, P)`, `${node.name}(N, M)`);
  } else {
    const stat = draft.declare('stat', ['node', column, 'int'], from.level + 1);
    draft.rule(`${stat.name}(N, ${one}, ${two})`, '', known);
    const note = draft.declare('note', ['node', 'int'], 0);
    draft.rule(
      `${note.name}(M, C)`,
      '@async',
      `${stat.name}(${variables(stat).slice(0, 2).join(', ')}, C)`,
      `${node.name}(N, M)`,
    );
    draft.persist(note);
  }
}
