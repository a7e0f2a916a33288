/** The rules one by one: every label on every path, reconciled with replicas and without, and which seals fit. */
import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/blazes/analyse.js';
import { isCompatible } from '../../src/blazes/compatible.js';
import { type Label, labelInWords, worstOf } from '../../src/blazes/labels.js';
import { derive, reconcile } from '../../src/blazes/rules.js';
import { topologyIn } from './support.js';

const labels = {
  fits: { kind: 'Seal', key: ['k'] },
  other: { kind: 'Seal', key: ['x'] },
  Async: { kind: 'Async' },
  Run: { kind: 'Run' },
  Inst: { kind: 'Inst' },
  Diverge: { kind: 'Diverge' },
} as const satisfies Record<string, Label>;

// Alone on a path with the gate (k, l): what it comes to without replicas, and with.
test.each([
  ['fits', 'CR', 'Seal(k)', 'Seal(k)'],
  ['fits', 'CW', 'Seal(k)', 'Seal(k)'],
  ['fits', 'OR', 'Async', 'Async'],
  ['fits', 'OW', 'Async', 'Async'],
  ['other', 'OR', 'Run', 'Inst'],
  ['other', 'OW', 'Run', 'Diverge'],
  ['Async', 'CR', 'Async', 'Async'],
  ['Async', 'CW', 'Async', 'Async'],
  ['Async', 'OR', 'Run', 'Inst'],
  ['Async', 'OW', 'Run', 'Diverge'],
  ['Run', 'CR', 'Run', 'Run'],
  ['Run', 'CW', 'Run', 'Run'],
  ['Run', 'OR', 'Run', 'Inst'],
  ['Run', 'OW', 'Run', 'Diverge'],
  ['Inst', 'CR', 'Inst', 'Inst'],
  ['Inst', 'CW', 'Run', 'Diverge'],
  ['Inst', 'OR', 'Inst', 'Inst'],
  ['Inst', 'OW', 'Run', 'Diverge'],
  ['Diverge', 'CW', 'Diverge', 'Diverge'],
  ['Diverge', 'OW', 'Diverge', 'Diverge'],
] as const)('%s through %s is %s, replicated %s', (name, label, alone, replicated) => {
  const path = { from: 'i', to: 'o', label, ...(label.startsWith('O') && { gate: ['k', 'l'] }) };
  const step = { path, stream: 's', input: labels[name], derived: derive(labels[name], path, []) };
  const after = [false, true].map((rep) => reconcile([step], rep, []).label);
  expect(after.map((one) => one && labelInWords(one))).toEqual([alone, replicated]);
});

test('a question that differs from run to run does so still when its answer is protected', () => {
  const write = { from: 'c', to: 'o', label: 'CW' } as const;
  const read = { from: 'q', to: 'o', label: 'OR', gate: ['k'] } as const;
  const steps = [
    { path: write, stream: 'c', input: labels.fits, derived: derive(labels.fits, write, []) },
    { path: read, stream: 'q', input: labels.Run, derived: derive(labels.Run, read, []) },
  ];
  const { label, settled } = reconcile(steps, true, []);
  expect([label, settled.map(({ isProtected }) => isProtected)]).toEqual([labels.Run, [false, true]]);
});

test('the worst wins, and two seals by different keys are none', () => {
  const { fits, other, Async, Run, Inst, Diverge } = labels;
  expect(worstOf([fits, Diverge, Async])).toBe(Diverge);
  expect(worstOf([Run, Inst])).toBe(Inst);
  expect(worstOf([fits, { kind: 'Seal', key: ['k'] }])).toEqual(fits);
  expect(worstOf([fits, other])).toEqual(Async);
  expect(worstOf([])).toBeUndefined();
});

describe('a seal fits a gate', () => {
  const chain = [
    { from: ['company'], to: ['symbol'] },
    { from: ['symbol'], to: ['number'] },
    { from: ['number'], to: ['company'] },
  ];
  test.each([
    [['id', 'campaign'], ['campaign'], [], true],
    [['id', 'campaign'], ['campaign', 'id'], [], true],
    [['id'], ['campaign', 'id'], [], false],
    [['window'], ['campaign'], [], false],
    [[], ['campaign'], [], false],
    [['symbol'], ['company'], chain, true],
    [['number'], ['company'], chain, true],
    [['number'], ['company', 'day'], chain, false],
    [['number', 'day'], ['company', 'day'], chain, true],
    [['other'], ['company'], chain, false],
    [['pair'], ['a', 'b'], [{ from: ['a', 'b'], to: ['pair'] }], true],
    [['pair'], ['a'], [{ from: ['a', 'b'], to: ['pair'] }], false],
  ])('%j by %j with %j: %s', (gate, key, dependencies, fits) => {
    expect(isCompatible(gate, key, dependencies)).toBe(fits);
  });
});

const network = (clicks: string, others: string): string => `
components:
  report: { rep: true, paths: [
    { from: click, to: response, label: CW },
    { from: request, to: response, label: OR, gate: [id, campaign] } ] }
streams:
  clicks: { to: report.click${clicks} }
  asked: { to: report.request, seal: campaign }
  answers: { from: report.response }
${others}`;

const answers = (text: string): string => {
  const label = analyse(topologyIn(text)).streams.find(({ name }) => name === 'answers')?.label;
  return label ? labelInWords(label) : '';
};

test('stricter than the paper: a sealed question protects nothing, nor does a seal on a part of what is written', () => {
  expect(answers(network('', ''))).toBe('Inst');
  expect(answers(network(', seal: campaign', ''))).toBe('Async');
  expect(answers(network(', seal: campaign', '  more: { to: report.click }'))).toBe('Inst');
  expect(answers(network(', seal: campaign', '  more: { to: report.click, seal: id }'))).toBe('Async');
  expect(answers(network(', seal: month', 'injective: [{ from: month, to: campaign }]'))).toBe('Async');
});

test('a circle has the least labels that agree with the rules', () => {
  const circle = (label: string): string => `
components:
  store: { rep: true, paths: [{ from: i, to: o, label: ${label} }] }
streams:
  begin: { to: store.i, seal: k }
  again: { from: store.o, to: store.i }
  answers: { from: store.o }
`;
  // What comes back is not sealed once it has been through.
  expect(answers(circle('OW, gate: [k]'))).toBe('Diverge');
  expect(answers(circle('CW'))).toBe('Seal(k)');
});
