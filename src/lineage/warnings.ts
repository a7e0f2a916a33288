/**
 * What the ground program shows of a spec beside its lineage: rules that can never fire, and that no message is ever
 * sent.
 *
 * A rule without an instance over the possible facts fires in no scenario. Two kinds of such rules are as they should
 * be, and are left out: those that only assertions need (`bad(…) :- …` never fires where nothing bad happens), and
 * those that wait for faults which the bounds exclude. Of rules that wait for each other only the first is named.
 */
import type { Rule } from '../dedalus/ast.js';
import { locate } from '../dedalus/locate.js';
import type { Program } from '../dedalus/program.js';
import type { Ground } from './ground/ground.js';
import type { Warning } from './port.js';

/** Most rules that are named. */
const MOST = 5;

/** @param wider gives the rules that fire under every kind of fault: what they wait for may be what the bounds exclude */
export function groundWarnings(
  program: Program,
  { fired, lastSent }: Ground,
  nodes: number,
  wider: () => ReadonlySet<number>,
): Warning[] {
  const dead = deadRules(program, fired).length > 0 ? deadRules(program, new Set([...fired, ...wider()])) : [];
  const found = dead.slice(0, MOST).map((rule) => ({
    code: 'dead-rule',
    message: `this rule for ${rule.head.relation} can never fire in any scenario within the bounds.`,
    place: locate(program.files, rule.span),
  }));
  const more = dead.length - found.length;
  if (more > 0) found.push({ ...(found[0] as (typeof found)[0]), message: `${more} more rules can never fire.` });
  if (lastSent > 0 || nodes < 2) return found;
  const message =
    'Between nodes a message is never sent, in any scenario within the bounds: no loss can break anything.';
  return [{ code: 'no-message', message }, ...found];
}

/** That messages share a fate although messages have fates of their own: there are more of them in a slot. */
export function crowdedSlots(most: number, perMessage: number): Warning[] {
  if (most <= perMessage) return [];
  const message = `Up to ${most} messages are sent in one slot, and ${perMessage} have fates of their own: the last of these shares its fate with those after it (--per-message, at most 8).`;
  return [{ code: 'shared-fate', message }];
}

function deadRules({ rules, facts }: Program, fired: ReadonlySet<number>): Rule[] {
  const alive = new Set([...facts.map(({ relation }) => relation), ...headsOf(rules.filter((_, i) => fired.has(i)))]);
  const needed = neededByProtocol(rules);
  const dead = rules.filter((rule, i) => !fired.has(i) && needed.has(rule.head.relation));
  const named = new Set(dead.filter((rule) => positives(rule).every((name) => alive.has(name))));
  const derived = headsOf(rules);
  const explained = explanation(dead.filter(({ head }) => !alive.has(head.relation)));
  for (const { head } of named) explained.add(head.relation);
  // What nothing derives is empty for another reason: a warning of its own, or no fault of that kind within the bounds.
  for (const name of dead.flatMap(positives)) if (!derived.has(name)) explained.add(name);
  for (const rule of dead) {
    const { relation } = rule.head;
    if (alive.has(relation) || explained.has(relation)) continue;
    named.add(rule);
    explained.add(relation);
  }
  return dead.filter((rule) => named.has(rule));
}

/** Relations whose emptiness is explained, and with each that is added those that are empty because of it. */
function explanation(rules: readonly Rule[]): { has(name: string): boolean; add(name: string): void } {
  const explained = new Set<string>();
  const readers = new Map<string, Set<Rule>>();
  /** By relation, its rules that nothing explains yet. What waits for itself explains nothing. */
  const open = new Map<string, Set<Rule>>();
  const file = (into: Map<string, Set<Rule>>, name: string, rule: Rule): unknown =>
    into.get(name)?.add(rule) ?? into.set(name, new Set([rule]));
  for (const rule of rules) {
    const names = positives(rule);
    if (names.includes(rule.head.relation)) continue;
    file(open, rule.head.relation, rule);
    for (const name of names) file(readers, name, rule);
  }
  const add = (first: string): void => {
    const queue = [first];
    for (const name of queue) {
      if (explained.has(name)) continue;
      explained.add(name);
      for (const rule of readers.get(name) ?? []) {
        const left = open.get(rule.head.relation);
        if (left?.delete(rule) && left.size === 0) queue.push(rule.head.relation);
      }
    }
  };
  return { has: (name) => explained.has(name), add };
}

const headsOf = (rules: Iterable<Rule>): Set<string> => new Set([...rules].map(({ head }) => head.relation));

const subgoals = ({ body }: Rule) => body.filter((literal) => literal.kind === 'subgoal');

const positives = (rule: Rule): string[] =>
  subgoals(rule).flatMap(({ negated, atom }) => (negated ? [] : [atom.relation]));

/** Relations that inductive and async rules derive or read, however indirectly. */
function neededByProtocol(rules: readonly Rule[]): ReadonlySet<string> {
  const byHead = new Map<string, Rule[]>();
  for (const rule of rules) {
    const known = byHead.get(rule.head.relation);
    if (known) known.push(rule);
    else byHead.set(rule.head.relation, [rule]);
  }
  const needed = headsOf(rules.filter(({ time }) => time !== 'deductive'));
  for (const name of needed)
    for (const rule of byHead.get(name) ?? []) for (const { atom } of subgoals(rule)) needed.add(atom.relation);
  return needed;
}
