/**
 * Skeletons that compute: reachability, mutual recursion, clocks and timeouts, suspicion. Recursion runs over facts
 * that arrive by message, so that a lost message leaves a cycle of facts that could only support each other.
 */
import { atom, type Draft, type Relation, variables } from './draft.js';
import { source, type World } from './messages.js';

/** Everyone tells everyone its edges of a small graph with cycles; reachability over what was heard. */
export function reachability(it: World): void {
  const { draft, node } = it;
  const points = ['1', '2', '3', '4'].slice(0, draft.between(2, 4));
  const edge = draft.declare('edge', ['node', 'int', 'int'], 0, false);
  for (const [i, from] of points.entries()) {
    draft.fact(edge, [draft.pick(draft.nodes), from, points[(i + 1) % points.length] as string], 1);
  }
  if (draft.chance(60)) draft.fact(edge, [draft.pick(draft.nodes), draft.pick(points), draft.pick(points)], 1);
  if (draft.chance(60)) draft.persist(edge);
  const link = draft.declare('link', ['node', 'int', 'int'], 0);
  draft.rule(`${link.name}(M, X, Y)`, '@async', `${edge.name}(N, X, Y)`, `${node.name}(N, M)`);
  draft.persist(link);
  if (draft.chance(50)) {
    const reach = draft.declare('reach', ['node', 'int', 'int'], 0);
    draft.rule(`${reach.name}(N, X, Y)`, '', `${link.name}(N, X, Y)`);
    const forms = [
      [link, reach],
      [reach, link],
      [reach, reach],
    ] as const;
    const [one, two] = draft.pick(forms);
    draft.rule(`${reach.name}(N, X, Z)`, '', `${one.name}(N, X, Y)`, `${two.name}(N, Y, Z)`);
    cut(draft, reach, [`${edge.name}(N, X, _)@1`, `${link.name}(N, X, _)`, `${link.name}(N, X, Y), X < Y`]);
    return;
  }
  const seed = draft.chance(50) ? seedOf(it, 'int', points) : undefined;
  const live = draft.declare('live', ['node', 'int'], 0);
  if (seed) draft.rule(`${live.name}(N, X)`, '', `${seed.name}(N, X)`);
  else draft.rule(`${live.name}(N, X)`, '', `${link.name}(N, ${draft.pick(points)}, X)`);
  draft.rule(`${live.name}(N, Y)`, '', `${live.name}(N, X)`, `${link.name}(N, X, Y)`);
}

/** A relation of values that arrive by message and last. */
function seedOf({ draft, node }: World, column: 'int' | 'data', values: readonly string[]): Relation {
  const start = draft.declare('start', ['node', column], 0, false);
  const seed = draft.declare('seed', ['node', column], 0);
  const count = draft.between(1, 2);
  for (let i = 0; i < count; i++) draft.fact(start, [draft.pick(draft.nodes), draft.pick(values)], 1);
  if (draft.chance(50)) draft.persist(start);
  draft.rule(`${seed.name}(M, X)`, '@async', `${start.name}(N, X)`, `${node.name}(N, M)`);
  draft.persist(seed);
  return seed;
}

/** What a recursive relation does not reach: negation above recursion, sometimes with recursion above that. */
function cut(draft: Draft, reach: Relation, domains: readonly string[]): void {
  if (draft.chance(40)) return;
  const apart = draft.declare('apart', ['node', 'int'], reach.level + 1);
  const lacks = draft.pick(['X, X', 'X, Own', 'Own, Own', '_, X']);
  draft.rule(`${apart.name}(N, X)`, '', draft.pick(domains), `notin ${reach.name}(N, ${lacks})`);
}

/** Two or three relations that derive each other, with one or two of them seeded by messages. */
export function mutual(it: World): void {
  const { draft } = it;
  const seeds = [seedOf(it, 'data', draft.data)];
  if (draft.chance(50)) seeds.push(seedOf(it, 'data', draft.data));
  const guard = draft.chance(35) ? source(it) : undefined;
  const level = guard !== undefined ? guard.level + 1 : 0;
  const ring = Array.from({ length: draft.between(2, 3) }, () => draft.declare('p', ['node', 'data'], level));
  for (const [i, head] of ring.entries()) {
    const body = ring[(i + 1) % ring.length] as Relation;
    const both = draft.chance(20) && atom(draft.pick(ring), ['N', 'X']);
    const unless =
      guard !== undefined && draft.chance(40) && `notin ${draft.view(guard, 'N', draft.pick(['X', 'Own']))}`;
    draft.rule(`${head.name}(N, X)`, '', `${body.name}(N, X)`, both, unless);
  }
  for (const seed of seeds) draft.rule(`${draft.pick(ring).name}(N, X)`, '', `${seed.name}(N, X)`);
  if (draft.chance(50)) {
    const none = draft.declare('none', ['node', 'data'], level + 1);
    draft.rule(
      `${none.name}(N, X)`,
      '',
      `${(seeds[0] as Relation).name}(N, X)`,
      `notin ${draft.pick(ring).name}(N, ${draft.pick(['X', '_', 'Own'])})`,
    );
  }
}

/** A clock, and something done when a thing that was expected has not come in time. */
export function timeout(it: World): void {
  const { draft, node } = it;
  const clock = draft.declare('clock', ['node', 'int'], 0, false);
  const late = draft.declare('late', ['node', 'node'], 0);
  for (const name of draft.nodes) if (draft.chance(80)) draft.fact(clock, [name, '0'], 1);
  const limit = draft.chance(40) && `T < ${draft.between(2, 5)}`;
  const step = draft.chance(30) ? { head: 'T1', extra: 'T1 == T + 1' } : { head: 'T + 1', extra: false as const };
  draft.rule(`${clock.name}(N, ${step.head})`, '@next', `${clock.name}(N, T)`, limit, step.extra);
  const beat = draft.declare('beat', ['node', 'node'], 0);
  const when = draft.chance(50) && `${clock.name}(N, T)`;
  draft.rule(
    `${beat.name}(M, N)`,
    '@async',
    `${node.name}(N, M)`,
    when,
    when !== false && `T <= ${draft.between(0, 3)}`,
  );
  if (draft.chance(50)) draft.persist(beat);
  const waited = draft.pick([
    `T == ${draft.between(1, 3)}`,
    `T > ${draft.between(0, 2)}`,
    `T - 1 >= ${draft.between(0, 1)}`,
  ]);
  draft.rule(
    `${late.name}(N, M)`,
    '@next',
    `${clock.name}(N, T)`,
    `${node.name}(N, M)`,
    waited,
    `notin ${beat.name}(N, M)`,
  );
  if (draft.chance(70)) draft.persist(late);
  if (draft.chance(50)) {
    const alarm = draft.declare('alarm', ['node', 'node'], 0);
    draft.rule(`${alarm.name}(K, M)`, '@async', `${late.name}(N, M)`, `${node.name}(N, K)`);
    draft.persist(alarm);
  }
}

/** Protocol rules that read the oracle `crash`. */
export function suspicion(it: World): void {
  const { draft, node } = it;
  const from = source(it);
  const suspect = draft.declare('suspect', ['node', 'node'], 0);
  const body = draft.pick(['crash(N, M, _)', 'crash(N, M, T), T > 1', `crash(N, M, ${draft.between(1, 3)})`]);
  draft.rule(`${suspect.name}(N, M)`, '', `${node.name}(N, M)`, body);
  const told = draft.declare('told', ['node', from.columns[from.columns.length - 1] ?? 'data'], 0);
  const which = draft.chance(50) ? `notin ${suspect.name}(N, M)` : `notin ${suspect.name}(N, _)`;
  const last = from.columns.length - 1;
  draft.rule(`${told.name}(M, P)`, '@async', draft.view(from, 'N', 'P', last), `${node.name}(N, M)`, which);
  draft.persist(told);
  if (draft.chance(50)) {
    draft.rule(
      `${told.name}(K, P)`,
      '@async',
      draft.view(from, 'N', 'P', last),
      `${suspect.name}(N, M)`,
      `${node.name}(N, K)`,
    );
  }
}

/** A stack of negations: each relation is what the one below lacks. */
export function negations(it: World): void {
  const { draft, node } = it;
  let below = source(it);
  const domain = draft.chance(50) ? node : source(it);
  const height = draft.between(2, 3);
  for (let i = 0; i < height; i++) {
    const column = draft.between(1, domain.columns.length - 1);
    const level = Math.max(below.level + 1, domain.level);
    const lack = draft.declare('lack', ['node', domain.columns[column] ?? 'data'], level);
    draft.rule(
      `${lack.name}(N, X)`,
      '',
      draft.view(domain, 'N', 'X', column),
      `notin ${draft.view(below, 'N', draft.pick(['X', 'X', '_', 'Own']))}`,
    );
    below = lack;
  }
  if (draft.chance(40)) {
    const kept = draft.declare('kept', below.columns, 0);
    draft.rule(atom(kept, variables(kept)), '@next', atom(below, variables(below)));
    draft.persist(kept);
  }
}
