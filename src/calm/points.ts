/**
 * Points of order: the places of a rule at which it matters when, or in which order, messages arrive.
 */
import type { Rule, Span } from '../dedalus/ast.js';
import { hasAggregate, type Subgoal, subgoalsOf } from '../dedalus/terms.js';
import type { Timing } from './timing.js';

/**
 * `negation`: that something has not arrived. `deletion`: a row is kept only while a condition holds. `aggregate`: what
 * is made of the rows so far. `race`: what is there for a moment meets what changes. `past`: what had arrived by a fixed
 * tick. `beside`: what is not monotone, of data that no message reaches, beside messages.
 */
export type PointKind = 'negation' | 'deletion' | 'aggregate' | 'race' | 'past' | 'beside';

export interface Point {
  readonly kind: PointKind;
  readonly rule: Rule;
  /** The literal, aggregate or rule. */
  readonly span: Span;
  /** The relations on whose timing it depends, in the order of the body. */
  readonly of: readonly string[];
}

/** Those of a rule that reads what messages reach. */
export function pointsOf(rule: Rule, timing: Timing): Point[] {
  const changing = subgoalsOf(rule).filter((it) => !timing.isConstant(it));
  const heard = changing.filter(timing.hears);
  if (heard.length === 0) return [];
  const isKept =
    rule.time === 'inductive' && changing.some((it) => !it.negated && it.atom.relation === rule.head.relation);
  const at = (kind: PointKind, span: Span, of: readonly Subgoal[]): Point => ({
    kind,
    rule,
    span,
    of: [...new Set(of.map(({ atom }) => atom.relation))],
  });
  const positive = changing.filter(({ negated }) => !negated);
  const negated = changing.filter((it) => it.negated);
  const late = heard.filter(({ tick }) => tick !== undefined);
  const isRace = positive.length > 1 && !positive.every((it) => timing.grows(it, rule));
  return [
    ...negated.map((it) => at(isKept ? 'deletion' : 'negation', it.span, timing.hears(it) ? [it] : heard)),
    ...(hasAggregate(rule.head) ? [at('aggregate', aggregateOf(rule), heard)] : []),
    ...(isRace ? [at(isKept ? 'deletion' : 'race', rule.span, positive)] : []),
    ...late.map((it) => at('past', it.span, [it])),
  ];
}

/** That of a rule which no message reaches and which is not monotone; undefined if it is. */
export function localPoint(rule: Rule, timing: Timing): Point | undefined {
  const changing = subgoalsOf(rule).filter((it) => !timing.isConstant(it));
  if (changing.some(timing.hears)) return undefined;
  const negated = changing.find((it) => it.negated);
  const isAggregate = hasAggregate(rule.head) && changing.length > 0;
  if (!negated && !isAggregate) return undefined;
  const span = negated?.span ?? aggregateOf(rule);
  return { kind: 'beside', rule, span, of: changing.map(({ atom }) => atom.relation) };
}

const aggregateOf = ({ head }: Rule): Span => (head.args.find(({ kind }) => kind === 'aggregate') ?? head).span;
