/**
 * `lin-tso`: numbers that grow. `{type: 'ts'}` → `{type: 'ts_ok', ts}`, each larger than all before it.
 */
import type { Body } from '../message.js';
import { type Answer, ERROR, errorAnswer, type Service } from './service.js';

export class Timestamps implements Service {
  private last = -1;

  handle({ type }: Body): Answer {
    if (type !== 'ts') return errorAnswer(ERROR.notSupported, `there is no ${type} here; there is ts`);
    return { type: 'ts_ok', ts: ++this.last };
  }

  hasOlderAnswer(): boolean {
    return false;
  }
}
