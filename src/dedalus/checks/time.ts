/**
 * Ticks are 1, 2, 3 … (reference §3, Time): whatever names tick 0 never holds. (A missing or misplaced `@` is
 * the parser's business.)
 */
import type { Fact } from '../ast.js';
import type { Report } from '../collector.js';
import { type Subgoal, subgoalsOf } from '../terms.js';
import type { CheckInput } from './context.js';

/** No fact and no look-up at tick 0. */
export function checkTime(input: CheckInput, report: Report): void {
  for (const fact of input.facts) {
    if (fact.tick >= 1) continue;
    const message = 'this fact never holds: the first tick is 1';
    reportZero(message, fact, report);
  }
  for (const rule of input.rules) {
    for (const subgoal of subgoalsOf(rule)) {
      if (subgoal.tick === undefined || subgoal.tick >= 1) continue;
      const message = `this subgoal is always ${subgoal.negated ? 'true' : 'false'}: the first tick is 1`;
      reportZero(message, subgoal, report);
    }
  }
}

function reportZero(message: string, { span, tickSpan }: Fact | Subgoal, report: Report): void {
  const fix = tickSpan && { span: tickSpan, text: '@1' };
  report({ severity: 'warning', code: 'tick-zero', message, span, hint: 'did you mean `@1`?', fix });
}
