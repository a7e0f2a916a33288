/**
 * SARIF 2.1.0 (OASIS), for code scanning: a result per behaviour class of counterexamples of each failed check, at the
 * line of the rule or handler to look at first; one for the check as a whole if it failed without any.
 *
 * What is as expected is left out. Inconclusive checks, checks not run and specs that could not be read are no findings
 * but notifications of the tool; the last also make the invocation unsuccessful.
 */
import { hashOf } from '../../core/hash.js';
import { visible, visibleLines } from '../../core/text.js';
import type { Place } from '../answer.js';
import { whatVaries } from '../classes.js';
import { printableJson } from '../result.js';
import type { CheckResult } from '../schema.js';
import { plural } from '../words.js';
import { uriReference } from './escape.js';
import type { CheckDetails, ClassDetails, Reporter, UnreadableSpec } from './model.js';
import { fullName } from './sentence.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

export const sarifReport: Reporter = ({ result, details, unread }) => {
  const pairs = result.checks.flatMap((check, i) => (details[i] ? [{ check, detail: details[i] }] : []));
  const failed = pairs.filter(({ detail }) => detail.standing === 'failed');
  const open = pairs.filter(({ detail }) => detail.standing === 'inconclusive' || detail.standing === 'not-run');
  const rules = [...new Set(failed.map(({ check }) => ruleId(check)))];
  const run = {
    tool: {
      driver: {
        name: 'ldfi',
        version: visible(result.tool.version),
        rules: rules.map((id) => ({ id, shortDescription: message(`The promise of check "${id}"`) })),
      },
    },
    invocations: [
      {
        executionSuccessful: unread.length === 0,
        toolExecutionNotifications: [...failed.flatMap(cut), ...open.map(unanswered), ...unread.flatMap(unreadable)],
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: failed.flatMap((pair) => findings(pair, rules)),
  };
  return `${printableJson(JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 2))}\n`;
};

interface Pair {
  readonly check: CheckResult;
  readonly detail: CheckDetails;
}

/** Checks are the rules: what they promise is what a finding violates. */
const ruleId = ({ name }: CheckResult): string => visible(name) || 'check';

function findings({ check, detail }: Pair, rules: readonly string[]): object[] {
  const { sentence, timeline, place, classes } = detail;
  /** No counterexample. */
  const whole = { number: 0, alike: 0, sentence, timeline, place };
  return (classes.length > 0 ? classes : [whole]).map((told) => ({
    ruleId: ruleId(check),
    ruleIndex: rules.indexOf(ruleId(check)),
    kind: 'fail',
    level: 'error',
    message: message(story(told, detail.reason, check)),
    locations: [location(told.place)],
    ...identity(check, told),
  }));
}

function story(
  { sentence, alike, timeline, number }: ClassDetails,
  reason: string,
  { counterexamples }: CheckResult,
): string {
  const others =
    alike > 0
      ? [
          `${plural(alike, 'more counterexample')} like this: only ${whatVaries(counterexamples[number - 1]?.faults ?? [])} differ.`,
        ]
      : [];
  const lines = timeline.length > 0 ? ['', 'What happens:', ...timeline] : [];
  return [`${sentence} (${reason})`, ...others, ...lines].join('\n');
}

/** What a finding is known by, also when lines move: the check and the faults. */
function identity(check: CheckResult, { number, alike }: ClassDetails): object {
  const faults = (check.counterexamples[number - 1]?.faults ?? []).map((fault) => visible(JSON.stringify(fault)));
  const name = [visible(fullName(check)), ...faults].join(' ');
  return {
    // The second is the only one that code scanning looks at. It would make one of the line alone, and take all
    // findings of a line for the same.
    partialFingerprints: { 'ldfiFinding/v1': name, primaryLocationLineHash: `${hashOf(name)}:1` },
    properties: {
      verdict: check.verdict,
      faults,
      ...(number > 0 && { counterexample: number, alike }),
      counterexamples: check.counterexamples.length,
    },
  };
}

const cut = ({ check, detail: { classes, unlistedClasses, place } }: Pair): object[] => {
  const all = classes.length + unlistedClasses;
  const text = `${fullName(check)}: results are the first ${classes.length} of ${all} behaviour classes of counterexamples; the JSON has all`;
  return unlistedClasses === 0 ? [] : [notification('note', text, place)];
};

const unanswered = ({ check, detail }: Pair): object =>
  notification(
    check.stopped === 'error' ? 'error' : 'warning',
    `${fullName(check)}: ${detail.sentence} (${detail.reason})`,
    detail.place,
  );

const unreadable = ({ path, problems }: UnreadableSpec): object[] =>
  problems.map(({ message: text, place }) => notification('error', `${path} could not be read: ${text}`, place));

const notification = (level: 'note' | 'warning' | 'error', text: string, place: Place): object => ({
  level,
  message: message(text),
  locations: [location(place)],
});

/** In a message `{0}` would stand for an argument, and `[text](target)` for a link; both are taken literally here. */
function message(text: string): { text: string } {
  const literal = visibleLines(text).replace(/\{(\d+)\}/g, '{{$1}}');
  return { text: literal.includes('](') ? literal.replace(/[[\]]/g, '\\$&') : literal };
}

function location({ file, line, column }: Place): object {
  const uri = uriReference(file);
  const root = uri.startsWith('file:') ? {} : { uriBaseId: '%SRCROOT%' };
  return {
    physicalLocation: { artifactLocation: { uri, ...root }, region: { startLine: line, startColumn: column } },
  };
}
