/**
 * A verdict on one line, as it stands behind a check in an editor: `✗ violated: 2 counterexamples, but expected holds`.
 */
import { visible } from '../../core/text.js';
import { keeps, wasNotRun } from '../meaning.js';
import type { CheckResult } from '../result.js';
import { plural } from '../words.js';

const MARKS = { yes: '✓', no: '✗', neither: '!' } as const;

export function verdictInShort(check: CheckResult): string {
  const { verdict, counterexamples, expect, stopped, detail, complete } = check;
  if (stopped === 'error') return `! stopped by an error: ${visible(detail ?? '')}`;
  if (wasNotRun(check)) return '! not run: the time was up';
  const found = counterexamples.length > 0 ? `: ${plural(counterexamples.length, 'counterexample')}` : '';
  const open = verdict === 'violated' && !complete ? ', there may be more' : '';
  const late = verdict === 'inconclusive' && stopped === 'aborted' ? ': the time was up' : '';
  const wanted = expect === undefined ? '' : expect === verdict ? ', as expected' : `, but expected ${expect}`;
  return `${MARKS[keeps(verdict)]} ${verdict}${found}${open}${late}${wanted}`;
}
