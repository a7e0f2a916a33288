/** The topologies of the paper, under `specs/blazes`, with the labels that it gives them. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { labelInWords } from '../../src/blazes/labels.js';
import { blazesSchema, toBlazes } from '../../src/report/blazes/schema.js';
import { topologyIn } from './support.js';

const FOLDER = 'specs/blazes';

/** By file: labels of streams, and where to coordinate. */
const EXPECTED: Readonly<Record<string, readonly [labels: Record<string, string>, plan: readonly string[]]>> = {
  wordcount: [{ words: 'Async', counts: 'Run', stored: 'Run' }, ['sequence count.counts']],
  'wordcount-sealed': [{ words: 'Seal(batch)', counts: 'Async', stored: 'Async' }, ['seal count.counts']],
  'ad-thresh': [{ answers: 'Async', gossip: 'Async', shown: 'Async' }, []],
  'ad-poor': [{ answers: 'Inst', gossip: 'Diverge', shown: 'Diverge' }, ['sequence report.response']],
  'ad-campaign': [
    { clicks: 'Seal(campaign)', answers: 'Async', gossip: 'Async', shown: 'Async' },
    ['seal report.response'],
  ],
  'ad-window': [
    { clicks: 'Seal(window)', answers: 'Async', gossip: 'Async', shown: 'Async' },
    ['seal report.response'],
  ],
  'ad-campaign-by-window': [
    { clicks: 'Seal(window)', answers: 'Inst', gossip: 'Diverge', shown: 'Diverge' },
    ['sequence report.response'],
  ],
};

test('all are looked at', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(
    Object.keys(EXPECTED)
      .map((name) => `${name}.yaml`)
      .sort(),
  );
});

test.each(Object.entries(EXPECTED))('%s', (name, [labels, plan]) => {
  const path = `${FOLDER}/${name}.yaml`;
  const result = toBlazes('1.0.0', path, topologyIn(readFileSync(path, 'utf8')));
  expect(blazesSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  const found = Object.fromEntries(result.streams.map((stream) => [stream.name, labelInWords(stream.label)]));
  expect(found).toMatchObject(labels);
  expect(result.plan.map((one) => `${one.strategy} ${one.component}.${one.interface}`)).toEqual(plan);
  expect(result.deterministic).toBe(!Object.values(labels).some((label) => ['Run', 'Inst', 'Diverge'].includes(label)));
});

test('what the questions and clicks of a plan are', () => {
  const path = `${FOLDER}/ad-poor.yaml`;
  const { plan } = toBlazes('1.0.0', path, topologyIn(readFileSync(path, 'utf8')));
  expect(plan).toMatchObject([{ streams: ['clicks', 'asked'], sealable: ['clicks'], gate: ['id'] }]);
});
