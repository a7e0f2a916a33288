/**
 * Random `pre` and `post`, in the manner of the published examples: delivery, durability, agreement, progress; with
 * crashes excused or not, over all nodes (global rules) or each node by itself.
 */
import { atom, type Draft, type Relation, type RuleDraft, type TimeSuffix } from './draft.js';

/** A relation, and the column of it (not the location) that an assertion speaks of. */
interface View {
  readonly relation: Relation;
  readonly column: number;
}

/** Random assertion rules over the relations of the draft. */
export function assertion(draft: Draft): RuleDraft[] {
  const rules: RuleDraft[] = [];
  const rule = (head: string, ...body: readonly (string | false)[]): void => {
    const time: TimeSuffix = '';
    rules.push({ head, time, body: body.filter((it) => it !== false) });
  };
  draft.pick([durability, durability, delivery, delivery, derivation, derivation, derivation, progress, agreement])(
    draft,
    rule,
  );
  if (draft.chance(20)) excuse(draft, rules, rule);
  return rules;
}

type AddRule = (head: string, ...body: readonly (string | false)[]) => void;

/** Derived relations mostly, the later ones (which build on the others) more often. */
function view(draft: Draft, derived = 85): View {
  const wide = draft.relations.filter((it) => it.columns.length >= 2);
  const some = wide.filter((it) => it.derived);
  const from = some.length > 0 && draft.chance(derived) ? some : wide;
  const late = from.slice(Math.floor(from.length / 2));
  const relation = draft.pick(draft.chance(50) ? late : from);
  return { relation, column: draft.between(1, relation.columns.length - 1) };
}

function see(view: View, location: string, value: string, tick = ''): string {
  const args = view.relation.columns.map((_, i) => (i === 0 ? location : i === view.column ? value : '_'));
  return atom(view.relation, args) + tick;
}

/** 'X is correct', said with the oracle. */
function correct(draft: Draft, name: string, percent: number): string | false {
  return draft.chance(percent) && draft.pick([`notin crash(${name}, ${name}, _)`, `notin crash(_, ${name}, _)`]);
}

/** What one has, all (correct ones) have. */
function durability(draft: Draft, rule: AddRule): void {
  const it = view(draft);
  rule(
    'missing(M, P)',
    see(it, 'N', 'P'),
    'node(N, M)',
    draft.chance(40) && 'notin crash(N, M, _)',
    `notin ${see(it, 'M', 'P')}`,
  );
  const first = draft.relations.find((other) => !other.derived && other.columns.length === 2 && other.name !== 'node');
  const abroad = first !== undefined && draft.chance(30) && `notin ${first.name}(N, P)@1`;
  rule('pre(N, P)', see(it, 'N', 'P'), correct(draft, 'N', 40), abroad);
  const post = draft.random(3);
  if (post === 0) rule('post(N, P)', `notin missing(_, P)`, see(it, 'N', 'P'));
  else if (post === 1) rule('post(N, P)', see(it, 'N', 'P'), 'notin missing(_, P)');
  else rule('post(N, P)', see(it, 'N', 'P'), 'notin missing(Who, P)');
}

/** What was asked for reaches every (correct) node. */
function delivery(draft: Draft, rule: AddRule): void {
  const asked = view(draft, 25);
  const got = view(draft);
  const initial = !asked.relation.derived && draft.chance(70) ? '@1' : '';
  rule('pre(M, P)', see(asked, 'N', 'P', initial), 'node(N, M)@1', correct(draft, 'N', 25), correct(draft, 'M', 25));
  rule('post(M, P)', see(got, 'M', 'P'));
  if (draft.chance(45)) rule('post(M, P)', see(view(draft), 'M', 'P'));
}

/** Whatever is in one relation is in another, or not in a third. */
function derivation(draft: Draft, rule: AddRule): void {
  const one = view(draft, 55);
  const two = view(draft);
  rule('pre(N, P)', see(one, 'N', 'P'), correct(draft, 'N', 25));
  if (draft.chance(35)) {
    const own = draft.pick(['P', 'P', '_', 'Own']);
    rule('lacks(N, P)', see(one, 'N', 'P'), `notin ${see(two, 'N', own)}`);
    if (draft.chance(30))
      rule('lacks(N, P)', see(one, 'N', 'P'), see(view(draft), 'N', 'Q'), draft.pick(['P != Q', 'P < Q', 'P == Q']));
    rule('post(N, P)', see(one, 'N', 'P'), 'notin lacks(N, P)');
    return;
  }
  rule('post(N, P)', see(two, 'N', draft.chance(75) ? 'P' : '_'), draft.chance(30) && see(one, 'N', 'P'));
  if (draft.chance(50)) rule('post(N, P)', see(view(draft), 'N', 'P'));
}

/** Every (correct) node gets somewhere. */
function progress(draft: Draft, rule: AddRule): void {
  const goal = view(draft);
  rule('pre(N)', draft.pick(['node(N, _)', 'node(N, _)@1', see(view(draft), 'N', '_')]), correct(draft, 'N', 35));
  rule(
    'post(N)',
    see(goal, 'N', draft.chance(80) ? '_' : draft.constant(goal.relation.columns[goal.column] ?? 'data')),
  );
  if (draft.chance(40))
    rule('post(N)', see(view(draft), 'N', '_'), draft.chance(30) && `notin ${see(view(draft), 'N', '_')}`);
}

/** No two nodes decide differently; or all decide alike. */
function agreement(draft: Draft, rule: AddRule): void {
  const decision = view(draft);
  rule(
    'disagree(P)',
    see(decision, 'N', 'P'),
    see(decision, 'M', 'Q'),
    draft.chance(30) && 'notin crash(N, N, _)',
    'P != Q',
  );
  rule('pre(N, P)', see(decision, 'N', 'P'), correct(draft, 'N', 30));
  const who = draft.pick(['disagree(_)', 'disagree(P)', 'disagree(Any)']);
  rule('post(N, P)', see(decision, 'N', 'P'), `notin ${who}`);
}

/** One more way to be right: somebody crashed. */
function excuse(draft: Draft, rules: readonly RuleDraft[], rule: AddRule): void {
  const pre = rules.find((it) => it.head.startsWith('pre('));
  if (pre === undefined) return;
  const crash = draft.pick([
    'crash(N, N, _)',
    'crash(N, _, T), T < 3',
    'crash(N, Other, _), Other != N',
    'crash(N, _, _)',
  ]);
  const positive = pre.body.filter((it) => !it.startsWith('notin'));
  const location = /\((\w+)/.exec(pre.head)?.[1] ?? 'N';
  rule(pre.head.replace('pre', 'post'), ...positive, location === 'N' ? crash : crash.replaceAll('N', location));
}
