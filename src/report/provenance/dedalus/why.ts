/**
 * Why a fact holds or does not, as the page shows it: one level, children when asked for.
 *
 * In a body, `holds` is the truth of the fact, negated or not: a negated fact that does not hold is a satisfied
 * literal, and its own explanation is a why-not.
 */
import { formatValue } from '../../../core/value.js';
import type { Rule, Term } from '../../../dedalus/ast.js';
import { printLiteral, printTerm } from '../../../dedalus/print.js';
import type { Fault } from '../../../faults/fault.js';
import { kindOf } from '../../../faults/kinds.js';
import { lossOf } from '../../../faults/scenario.js';
import type { PlannedRule } from '../../../simulator/plan.js';
import { faultInWords } from '../../words.js';
import type { Case } from '../case.js';
import { isOfSlot, stoppedAt } from '../loss.js';
import type { FactKey, WhyStep, WhyView } from '../views.js';
import { firingsOf, type Sent, type Step, whyNot } from './explain.js';
import { isClosed, OPEN, type Pattern } from './pattern.js';
import type { Possible } from './possible.js';
import type { Traced } from './traced.js';

/**
 * Why a fact, or a fact with open columns (`ANY`), holds or does not hold in the run of a case.
 * @param possible leaves out what could not have given it in any scenario
 */
export function why(it: Case<Traced>, fact: FactKey, possible?: Possible): WhyView {
  const pattern = it.run.names.pattern(fact);
  if (!pattern) {
    const text = `${fact.relation}(${fact.row.map((value) => formatValue(value)).join(', ')})`;
    return { fact: { ...fact, text }, holds: false, steps: [nothing('the spec has no such relation')] };
  }
  const view = it.run.names.view(pattern);
  if (!it.run.matched(pattern)) return { fact: view, holds: false, steps: missing(it, pattern, possible) };
  const steps = [
    ...given(it, pattern),
    ...firingsOf(it, pattern).map((step) => stepView(it, step, sentNote(it, step))),
    ...carried(it, pattern),
  ];
  return { fact: view, holds: true, steps };
}

const KINDS: Record<Rule['time'], WhyStep['kind']> = { deductive: 'derived', inductive: 'inductive', async: 'message' };

function stepView(it: Case<Traced>, step: Step, note: string | undefined): WhyStep {
  return {
    source: it.run.names.rule(step.planned.index),
    kind: KINDS[step.planned.rule.time],
    body: step.body.map(({ pattern, ...rest }) => ({ fact: it.run.names.view(pattern), ...rest })),
    fault: step.fault,
    note,
  };
}

/** A durable fact that holds because its node is down, and nothing could change it. */
function carried(it: Case<Traced>, pattern: Pattern): WhyStep[] {
  const before = { ...pattern, tick: pattern.tick - 1 };
  const { run } = it;
  return run.carried(pattern.relation, before.tick).flatMap((node): WhyStep[] => {
    const columns = [run.schema.nodeValues[node] ?? OPEN, ...pattern.columns.slice(1)];
    const at = { ...before, columns };
    const [first] = pattern.columns;
    if ((first !== OPEN && first !== columns[0]) || !run.matched(at)) return [];
    const name = run.names.node(node);
    const fault = stoppedAt(it.scenario, name, before.tick);
    const body = [{ fact: run.names.view(at), negated: false, holds: true, blocking: false }];
    return [
      { ...nothing(`${name} is down at tick ${before.tick}, and this is durable`, fault), kind: 'inductive', body },
    ];
  });
}

/** A step that no rule stands behind. */
const nothing = (note: string, fault?: Fault): WhyStep => ({ source: undefined, kind: 'given', body: [], fault, note });

/** Facts of the spec and crashes that match. */
function given(it: Case<Traced>, pattern: Pattern): WhyStep[] {
  const { schema, names } = it.run;
  const { run } = it;
  const steps: WhyStep[] = [];
  const tuples = run.matches(pattern);
  if (pattern.relation === schema.crash.id)
    return it.scenario.flatMap((fault) =>
      tuples.some((tuple) => isSeenAs(it, fault, tuple))
        ? [nothing(`${faultInWords(fault)}, a fault of this scenario`, fault)]
        : [],
    );
  for (const { relation, row, tick, clause } of schema.program.facts) {
    if (tick !== pattern.tick || schema.relation(relation).id !== pattern.relation) continue;
    const tuple = schema.relation(relation).intern(row, schema.values);
    if (!tuples.includes(tuple)) continue;
    const note = isClosed(pattern)
      ? 'a fact of the spec'
      : `a fact of the spec: ${names.text(pattern.relation, tuple)}`;
    steps.push({ source: names.source(clause.span), kind: 'given', body: [], fault: undefined, note });
  }
  return steps;
}

/** Whether a tuple of `crash` is what assertions see of a fault. */
function isSeenAs(it: Case<Traced>, fault: Fault, tuple: number): boolean {
  const [, node, tick] = it.run.names.row(it.run.schema.crash.id, tuple);
  const { downtime, isSeen } = kindOf(fault);
  const down = isSeen && downtime?.(fault);
  return down ? down.node === String(node) && down.from === tick : false;
}

/** Where a message came from, and when; and what made it late. */
function sentNote(it: Case<Traced>, { message, fault }: Step): string | undefined {
  if (!message) return fault && faultInWords(fault);
  const late = fault ? `: ${faultInWords(fault)}` : '';
  return `sent by ${it.run.names.node(message.from)} at tick ${message.sent}${late}`;
}

function missing(it: Case<Traced>, pattern: Pattern, possible: Possible | undefined): WhyStep[] {
  if (pattern.relation === it.run.schema.crash.id) return [nothing('no such crash in this scenario')];
  if (pattern.tick < 1) return [nothing('time starts at tick 1')];
  const attempts = whyNot(it, pattern);
  const steps = (possible?.among(attempts, pattern) ?? attempts).map((step) =>
    stepView(it, step, failureNote(it, step, pattern)),
  );
  if (steps.length > 0) return steps;
  const where = attempts.length > 0 ? ', in any scenario' : '';
  return [nothing(`no fact of the spec and no rule gives it at tick ${pattern.tick}${where}`)];
}

/** What the body does not say about a failed attempt. */
function failureNote(it: Case<Traced>, { planned, comparison, fault, message, misses, slots }: Step, pattern: Pattern) {
  const { rule } = planned;
  const failed = rule.body[comparison ?? -1];
  const filled = (term: Term): Term => fill(it, planned, term, slots);
  if (failed?.kind === 'comparison')
    return `${printLiteral({ ...failed, left: filled(failed.left), right: filled(failed.right) })} is false`;
  if (fault && message) return lossInWords(it, fault, message);
  if (fault) return kindOf(fault).stops ? `${faultInWords(fault)}: it runs no rules` : faultInWords(fault);
  if (!misses) return undefined;
  const aggregate = rule.head.args.find(({ kind }) => kind === 'aggregate');
  if (!aggregate)
    return `the rule gives ${rule.head.relation}(${rule.head.args.map((term) => printTerm(filled(term))).join(', ')})`;
  const columns = pattern.columns.map((value, i) => (rule.head.args[i]?.kind === 'aggregate' ? OPEN : value));
  const actual = it.run.matches({ ...pattern, columns }).map((tuple) => it.run.names.text(pattern.relation, tuple));
  return actual.length > 0 ? `here it is ${actual.join(', ')}` : `${printTerm(aggregate)} has no value here`;
}

function lossInWords({ run: { names } }: Case<Traced>, fault: Fault, { from, to, sent }: Sent): string {
  const [sender, receiver] = [names.node(from), names.node(to)];
  const isLost = lossOf([fault], { from: sender, to: receiver, sent }) !== undefined;
  if (isOfSlot(fault))
    return isLost ? `the message ${sender}→${receiver} of tick ${sent} is lost` : faultInWords(fault);
  return `${faultInWords(fault)}: what ${isLost ? `${sender} sends to ${receiver} at tick ${sent}` : `comes to ${receiver}`} is lost`;
}

/** A term with values in the place of variables. */
function fill(it: Case<Traced>, planned: PlannedRule, term: Term, slots: Int32Array): Term {
  const filled = (part: Term): Term => fill(it, planned, part, slots);
  if (term.kind === 'arithmetic') return { ...term, left: filled(term.left), right: filled(term.right) };
  const id = term.kind === 'variable' ? (slots[planned.slotOf.get(term.name) ?? -1] ?? OPEN) : OPEN;
  return id === OPEN ? term : { kind: 'constant', value: it.run.schema.values.get(id), span: term.span };
}
