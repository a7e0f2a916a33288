/**
 * Ticks are 1, 2, 3 … (reference §3, Time): whatever names tick 0 never holds. (A missing or misplaced `@` is
 * the parser's business.)
 */
import type { Report } from '../collector.js';
import { subgoalsOf } from '../terms.js';
import type { CheckInput } from './context.js';

/** No fact and no look-up at tick 0. */
export function checkTime(input: CheckInput, report: Report): void {
  for (const fact of input.facts) {
    if (fact.tick >= 1) continue;
    const message = 'this fact never holds: the first tick is 1';
    report({ severity: 'warning', code: 'tick-zero', message, span: fact.span, hint: 'did you mean `@1`?' });
  }
  for (const rule of input.rules) {
    for (const { tick, negated, span } of subgoalsOf(rule)) {
      if (tick === undefined || tick >= 1) continue;
      const message = `this subgoal is always ${negated ? 'true' : 'false'}: the first tick is 1`;
      report({ severity: 'warning', code: 'tick-zero', message, span, hint: 'did you mean `@1`?' });
    }
  }
}
