import { expect, test, vi } from 'vitest';
import { explainHint } from '../../src/cli/io/explain-hint.js';
import { parseProgram } from '../../src/dedalus/load.js';

const { diagnostics } = parseProgram('node(a)@1;\np(X)@async :- q(Y);');
const terminal = { isTTY: true };

test('is said once, of the first diagnostic, and on a terminal only', () => {
  vi.stubEnv('TERM', 'xterm');
  vi.stubEnv('NO_COLOR', '1');
  expect(explainHint(diagnostics, { isTTY: false })).toBe('');
  expect(explainHint([], terminal)).toBe('');
  expect(explainHint(diagnostics, terminal)).toBe('What it means: npx ldfi explain fact-not-constant\n');
  expect(explainHint(diagnostics, terminal)).toBe('');
  vi.unstubAllEnvs();
});
