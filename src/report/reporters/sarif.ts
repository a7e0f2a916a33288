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
import { printableJson } from '../result.js';
import { plural } from '../words.js';
import { uriReference } from './escape.js';
import { type CheckDetails, type ClassDetails, fullName, type Reporter, type UnreadableSpec } from './model.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

export const sarifReport: Reporter = ({ version, checks, unread }) => {
  const failed = checks.filter(({ standing }) => standing === 'failed');
  const open = checks.filter(({ standing }) => standing === 'inconclusive' || standing === 'not-run');
  const rules = [...new Set(failed.map(ruleId))];
  const run = {
    tool: {
      driver: {
        name: 'ldfi',
        version: visible(version),
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
    results: failed.flatMap((check) => findings(check, rules)),
  };
  return `${printableJson(JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 2))}\n`;
};

/** Checks are the rules: what they promise is what a finding violates. */
const ruleId = ({ name }: CheckDetails): string => visible(name) || 'check';

function findings(check: CheckDetails, rules: readonly string[]): object[] {
  const { sentence, timeline, place, classes, reason } = check;
  /** No counterexample. */
  const whole = { number: 0, alike: 0, varying: '', faults: [], sentence, timeline, place };
  return (classes.length > 0 ? classes : [whole]).map((told) => ({
    ruleId: ruleId(check),
    ruleIndex: rules.indexOf(ruleId(check)),
    kind: 'fail',
    level: 'error',
    message: message(story(told, reason)),
    locations: [location(told.place, check)],
    ...identity(check, told),
  }));
}

function story({ sentence, alike, varying, timeline }: ClassDetails, reason: string): string {
  const others = alike > 0 ? [`${plural(alike, 'more counterexample')} like this: only ${varying} differ.`] : [];
  const lines = timeline.length > 0 ? ['', 'What happens:', ...timeline] : [];
  return [`${sentence} (${reason})`, ...others, ...lines].join('\n');
}

/** What a finding is known by, also when lines move: the check and the faults. */
function identity(check: CheckDetails, { number, alike, ...told }: ClassDetails): object {
  const faults = told.faults.map(visible);
  const name = [visible(fullName(check)), ...faults].join(' ');
  return {
    // The second is the only one that code scanning looks at. It would make one of the line alone, and take all
    // findings of a line for the same.
    partialFingerprints: { 'ldfiFinding/v1': name, primaryLocationLineHash: `${hashOf(name)}:1` },
    properties: {
      verdict: check.verdict,
      faults,
      ...(number > 0 && { counterexample: number, alike }),
      counterexamples: check.counterexamples,
    },
  };
}

const cut = (check: CheckDetails): object[] => {
  const { classes, unlistedClasses } = check;
  const all = classes.length + unlistedClasses;
  const text = `${fullName(check)}: results are the first ${classes.length} of ${all} behaviour classes of counterexamples; the JSON has all`;
  return unlistedClasses === 0 ? [] : [notification('note', text, location(check.place, check))];
};

const unanswered = (check: CheckDetails): object =>
  notification(
    check.isError ? 'error' : 'warning',
    `${fullName(check)}: ${check.sentence} (${check.reason})`,
    location(check.place, check),
  );

const unreadable = ({ path, problems }: UnreadableSpec): object[] =>
  problems.map(({ message: text, place }) =>
    notification('error', `${path} could not be read: ${text}`, physical(place)),
  );

const notification = (level: 'note' | 'warning' | 'error', text: string, where: object): object => ({
  level,
  message: message(text),
  locations: [where],
});

/** In a message `{0}` would stand for an argument, and `[text](target)` for a link; both are taken literally here. */
function message(text: string): { text: string } {
  const literal = visibleLines(text).replace(/\{(\d+)\}/g, '{{$1}}');
  return { text: literal.includes('](') ? literal.replace(/[[\]]/g, '\\$&') : literal };
}

/** A place in a file; without one, what is tested by its name. */
const location = (place: Place | undefined, { subject }: CheckDetails): object =>
  place ? physical(place) : { logicalLocations: [{ name: visible(subject), kind: 'module' }] };

function physical({ file, line, column }: Place): object {
  const uri = uriReference(file);
  const root = uri.startsWith('file:') ? {} : { uriBaseId: '%SRCROOT%' };
  return {
    physicalLocation: { artifactLocation: { uri, ...root }, region: { startLine: line, startColumn: column } },
  };
}
