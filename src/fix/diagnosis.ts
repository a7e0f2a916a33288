/**
 * What went wrong, before any edit: the story of a counterexample, the rule or handler that needed to fire with the
 * event that it lacked, or the one that fired though it should not have.
 *
 * It asks provenance alone, so it is the same for specs and protocols.
 */
import { findingsOf } from '../answer/findings.js';
import type { Method, Subject } from '../answer/subject.js';
import type { Scenario } from '../faults/fault.js';
import type { System } from '../lineage/port.js';
import type { Case, Provenance } from '../report/provenance/case.js';
import { storyOf } from '../report/provenance/story/story.js';
import { type FactKey, factName, type Source, type WhyStep } from '../report/provenance/views.js';
import { checkResult } from '../report/result.js';
import { storyInWords } from '../report/story.js';
import type { Check } from '../search/check.js';
import type { SearchEvent } from '../search/events.js';
import type { Verdict } from '../search/verdict.js';

/** A rule or handler that had to do with it. */
export interface Culprit {
  readonly source: Source;
  /** What it did not bring about, or did: `l does not get ack g at tick 7`. */
  readonly what: string;
  /** What it lacked; empty of one that fired. */
  readonly lacked: readonly string[];
}

interface Diagnosis {
  readonly scenario: Scenario;
  /** Without the full stop. */
  readonly story: string | undefined;
  /** What needed to fire. */
  readonly needed: Culprit | undefined;
  /** What fired here and not where the promise is kept, if it is nearer to the promise. */
  readonly hasty: Culprit | undefined;
}

/** A check as it is, and of a violated one what is wrong. */
export interface Diagnosed {
  readonly check: Check;
  readonly verdict: Verdict;
  readonly system: System;
  readonly diagnosis: Diagnosis | undefined;
}

/** Most facts that are looked at. */
const MOST = 300;

/** @throws LdfiError for bounds that make no sense, and for handlers that break the rules */
export async function diagnosed(
  subject: Subject,
  check: Check,
  method: Method,
  watch: (event: SearchEvent) => void,
): Promise<Diagnosed> {
  const system = subject.system(check.bounds, method);
  const { found, error } = await findingsOf(subject, system, method, watch);
  if (error) throw error;
  const { verdict } = found;
  const [first] = verdict.counterexamples;
  const about = { check, verdict, system };
  if (verdict.kind !== 'violated' || !first) return { ...about, diagnosis: undefined };
  const { signal } = method.search;
  const result = checkResult(subject.spec, check, verdict);
  const provenance = await subject.provenance(system, result, [first.faults], signal);
  return { ...about, diagnosis: diagnosisOf(provenance, first.faults) };
}

function diagnosisOf(provenance: Provenance | undefined, scenario: Scenario): Diagnosis {
  if (!provenance) return { scenario, story: undefined, needed: undefined, hasty: undefined };
  const it = provenance.case(scenario);
  const story = storyOf(it);
  return { scenario, story: story && storyInWords(story), ...culpritsOf(it) };
}

/** The first of each on the way down from the promise, along what differs from the runs that keep it. */
function culpritsOf(it: Case): Pick<Diagnosis, 'needed' | 'hasty'> {
  let hasty: Culprit | undefined;
  const isHelper = ({ relation }: FactKey): boolean =>
    it.of.helpers.has(relation) || it.of.isFault({ ...NOWHERE, relation });
  const queue: FactKey[] = [...it.of.claim(it).roots];
  const seen = new Set(queue.map(factName));
  for (let at = 0; at < queue.length && at < MOST; at++) {
    const fact = queue[at] as FactKey;
    const { steps, holds } = it.why(fact);
    if (!isHelper(fact) && it.decides(fact))
      for (const { source, ...step } of steps) {
        // What is kept from tick to tick began somewhere.
        if (!source || step.body.some((part) => part.fact.relation === fact.relation)) continue;
        if (holds) hasty ??= { source, what: inWords(it, fact), lacked: [] };
        else if (step.fault || step.body.some((part) => part.blocking && it.decides(part.fact)))
          return { needed: { source, what: inWords(it, fact), lacked: lackedBy(it, step) }, hasty };
      }
    for (const { fact: next } of steps.flatMap(({ body }) => body)) {
      if (seen.has(factName(next)) || !(it.decides(next) || isHelper(next))) continue;
      seen.add(factName(next));
      queue.push(next);
    }
  }
  return { needed: undefined, hasty };
}

const NOWHERE: FactKey = { relation: '', row: [], tick: 0 };

function lackedBy(it: Case, { body, note }: Omit<WhyStep, 'source'>): string[] {
  const blocking = body.filter((part) => part.blocking && it.decides(part.fact)).map(({ fact }) => inWords(it, fact));
  return blocking.length > 0 || note === undefined ? blocking : [note];
}

function inWords(it: Case, fact: FactKey): string {
  const { words, ticks } = it.of.clause(it, fact);
  return ticks === undefined ? words : `${words} at tick ${ticks.join(' and ')}`;
}
