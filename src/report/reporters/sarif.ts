/**
 * SARIF 2.1.0 (OASIS), for code scanning: a result per failed check, at the line of the rule or handler to look at first.
 *
 * What is as expected is left out. Inconclusive checks, checks not run and specs that could not be read are no findings but notifications of the
 * tool; the last also make the invocation unsuccessful.
 */
import { printableJson } from '../result.js';
import type { CheckResult } from '../schema.js';
import { inLine, inLines, uriReference } from './escape.js';
import type { CheckDetails, Place, Reporter, Unread } from './model.js';
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
        version: inLine(result.tool.version),
        rules: rules.map((id) => ({ id, shortDescription: message(`The promise of check "${id}"`) })),
      },
    },
    invocations: [
      {
        executionSuccessful: unread.length === 0,
        toolExecutionNotifications: [...open.map(unanswered), ...unread.flatMap(unreadable)],
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: failed.map(({ check, detail }) => finding(check, detail, rules)),
  };
  return `${printableJson(JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 2))}\n`;
};

/** Checks are the rules: what they promise is what a finding violates. */
const ruleId = ({ name }: CheckResult): string => inLine(name) || 'check';

function finding(check: CheckResult, detail: CheckDetails, rules: readonly string[]): object {
  const { sentence, reason, timeline, place } = detail;
  const story = timeline.length > 0 ? ['', 'What happens:', ...timeline] : [];
  return {
    ruleId: ruleId(check),
    ruleIndex: rules.indexOf(ruleId(check)),
    kind: 'fail',
    level: 'error',
    message: message([`${sentence} (${reason})`, ...story].join('\n')),
    locations: [location(place)],
    // A finding stays the same when lines move or another counterexample is found first.
    partialFingerprints: { 'ldfiCheck/v1': inLine(fullName(check)) },
    properties: {
      verdict: check.verdict,
      faults: (check.counterexamples[0]?.faults ?? []).map((fault) => inLine(JSON.stringify(fault))),
      counterexamples: check.counterexamples.length,
    },
  };
}

const unanswered = ({ check, detail }: { check: CheckResult; detail: CheckDetails }): object =>
  notification(
    check.stopped === 'error' ? 'error' : 'warning',
    `${fullName(check)}: ${detail.sentence} (${detail.reason})`,
    detail.place,
  );

const unreadable = ({ path, problems }: Unread): object[] =>
  problems.map(({ message: text, place }) => notification('error', `${path} could not be read: ${text}`, place));

const notification = (level: 'warning' | 'error', text: string, place: Place): object => ({
  level,
  message: message(text),
  locations: [location(place)],
});

/** In a message `{0}` would stand for an argument, and `[text](target)` for a link; both are taken literally here. */
function message(text: string): { text: string } {
  const literal = inLines(text).replace(/\{(\d+)\}/g, '{{$1}}');
  return { text: literal.includes('](') ? literal.replace(/[[\]]/g, '\\$&') : literal };
}

function location({ file, line, column }: Place): object {
  const uri = uriReference(file);
  const root = uri.startsWith('file:') ? {} : { uriBaseId: '%SRCROOT%' };
  return {
    physicalLocation: { artifactLocation: { uri, ...root }, region: { startLine: line, startColumn: column } },
  };
}
