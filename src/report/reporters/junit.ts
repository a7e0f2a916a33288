/**
 * JUnit XML, in the subset that all readers of this loosely defined form share: Jenkins' schema, no times.
 *
 * A suite is a spec (or what else is tested), a test case a check. Failed: `failure`. Inconclusive, or a spec that could not be read: `error`.
 * Not run: `skipped`.
 */

import type { Place } from '../answer.js';
import { xmlAttribute, xmlText } from './escape.js';
import type { CheckDetails, Reporter, UnreadableSpec } from './model.js';

interface TestCase {
  readonly name: string;
  readonly kind: 'failure' | 'error' | 'skipped' | undefined;
  /** Lines of XML inside the element. */
  readonly content: readonly string[];
}

export const junitReport: Reporter = ({ checks, unread }) => {
  const suites = new Map<string, TestCase[]>();
  for (const check of checks) suites.set(check.subject, [...(suites.get(check.subject) ?? []), caseOf(check)]);
  for (const spec of unread) suites.set(spec.path, [...(suites.get(spec.path) ?? []), unreadCase(spec)]);
  const all = [...suites.values()].flat();
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="ldfi" tests="${all.length}" failures="${count(all, 'failure')}" errors="${count(all, 'error')}">`,
    ...[...suites].flatMap(([spec, cases]) => suite(spec, cases)),
    '</testsuites>',
    '',
  ].join('\n');
};

const count = (cases: readonly TestCase[], kind: TestCase['kind']): number =>
  cases.filter((testCase) => testCase.kind === kind).length;

function suite(spec: string, cases: readonly TestCase[]): string[] {
  const counts = `failures="${count(cases, 'failure')}" errors="${count(cases, 'error')}" skipped="${count(cases, 'skipped')}"`;
  return [
    `  <testsuite name="${xmlAttribute(spec)}" tests="${cases.length}" ${counts}>`,
    ...cases.flatMap(({ name, content }) => {
      const start = `    <testcase name="${xmlAttribute(name)}" classname="${xmlAttribute(className(spec))}"`;
      return content.length === 0 ? [`${start}/>`] : [`${start}>`, ...content, '    </testcase>'];
    }),
    '  </testsuite>',
  ];
}

/** Readers take what stands before the last dot for a package: `specs.broadcast.retry`. */
const className = (spec: string): string =>
  spec
    .replace(/^(\.\.?\/)+/, '')
    .replace(/\.\w+(?= |$)/g, '')
    .replace(/[/\\]/g, '.');

function caseOf({ name, verdict, standing, sentence, reason, place, block }: CheckDetails): TestCase {
  if (standing === 'passed') return { name, kind: undefined, content: [] };
  if (standing === 'not-run')
    return { name, kind: 'skipped', content: [`      <skipped>${xmlText(reason)}</skipped>`] };
  const kind = standing === 'failed' ? 'failure' : 'error';
  const text = place ? `${at(place)}\n\n${block}` : block;
  return { name, kind, content: problem(kind, verdict, `${reason}: ${sentence}`, text) };
}

function unreadCase({ problems }: UnreadableSpec): TestCase {
  const lines = problems.map(({ message, place }) => `${at(place)}: ${message}`);
  const content = problem(
    'error',
    'unreadable',
    problems[0]?.message ?? 'the spec could not be read',
    lines.join('\n'),
  );
  return { name: 'can be read', kind: 'error', content };
}

const problem = (kind: 'failure' | 'error', type: string, message: string, text: string): string[] => [
  `      <${kind} type="${xmlAttribute(type)}" message="${xmlAttribute(message)}">${xmlText(text)}</${kind}>`,
];

const at = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;
