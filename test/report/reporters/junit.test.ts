/**
 * JUnit XML: by Jenkins' schema, whatever the names are.
 */
import { expect, test } from 'vitest';
import { junitReport } from '../../../src/report/reporters/junit.js';
import { NOWHERE, PLAIN, samples, unprintable } from './support.js';
import { junitProblems as problems } from './validate.js';

test('a suite per spec, a case per check', () => {
  expect(junitReport(PLAIN)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ldfi" tests="5" failures="1" errors="2">
  <testsuite name="specs/a.ded" tests="3" failures="1" errors="1" skipped="0">
    <testcase name="loss" classname="specs.a">
      <failure type="violated" message="violated, but expected holds: It breaks.">specs/a.ded:5:1

✗ VIOLATED  loss
</failure>
    </testcase>
    <testcase name="calm" classname="specs.a"/>
    <testcase name="slow" classname="specs.a">
      <error type="inconclusive" message="inconclusive: Stopped.">specs/a.ded:5:1

✗ VIOLATED  loss
</error>
    </testcase>
  </testsuite>
  <testsuite name="b.ts lock" tests="1" failures="0" errors="0" skipped="1">
    <testcase name="late" classname="b lock">
      <skipped>not run</skipped>
    </testcase>
  </testsuite>
  <testsuite name="c.ded" tests="1" failures="0" errors="1" skipped="0">
    <testcase name="can be read" classname="c">
      <error type="unreadable" message="unexpected &quot;;&quot;">c.ded:2:7: unexpected &quot;;&quot;</error>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test('is valid by the schema', async () => {
  expect(await problems([junitReport(PLAIN), junitReport(NOWHERE), junitReport({ ...PLAIN, checks: [] })])).toEqual([]);
});

test('the schema is at work', async () => {
  expect(await problems([junitReport(PLAIN).replace('<skipped>', '<skipped reason="">')])).not.toEqual([]);
  expect(await problems([junitReport(PLAIN).replace('&quot;;', '"<;')])).not.toEqual([]);
});

test('is valid by the schema whatever the names are', async () => {
  const documents = samples(300).map(junitReport);
  expect(await problems(documents)).toEqual([]);
  expect(documents.flatMap(unprintable)).toEqual([]);
});
