/**
 * `seq-kv`, `lin-kv` and `lww-kv`: a store of values by key.
 *
 * ```
 * {type: 'read', key}           → {type: 'read_ok', value}   or error 20: no such key
 * {type: 'write', key, value}   → {type: 'write_ok'}
 * {type: 'cas', key, from, to}  → {type: 'cas_ok'}           or error 20, or 22: the value is not `from`
 * ```
 * With `create_if_not_exists`, a `cas` on a key that is not there writes `to`. There is one copy, and requests take
 * effect when they arrive, so every one of the three is as strict as `lin-kv`: a client of `seq-kv` or `lww-kv` is not
 * shown the old values that these would be allowed to show.
 */
import { plainKey } from '../../../history/text.js';
import type { Body } from '../message.js';
import { type Answer, ERROR, errorAnswer, type Service } from './service.js';

export class KeyValue implements Service {
  private readonly values = new Map<string, unknown>();

  handle(body: Body): Answer {
    const { type } = body;
    if (type !== 'read' && type !== 'write' && type !== 'cas')
      return errorAnswer(ERROR.notSupported, `there is no ${type} here; there are read, write and cas`);
    const needed = { read: ['key'], write: ['key', 'value'], cas: ['key', 'from', 'to'] }[type];
    const missing = needed.filter((name) => body[name] === undefined);
    if (missing.length > 0) return errorAnswer(ERROR.malformed, `${type} needs ${missing.join(' and ')}`);
    const key = plainKey(body.key);
    if (type === 'read') return this.values.has(key) ? { type: 'read_ok', value: this.values.get(key) } : noSuch(key);
    if (type === 'cas') return this.compareAndSet(key, body);
    this.values.set(key, body.value);
    return { type: 'write_ok' };
  }

  private compareAndSet(key: string, { from, to, create_if_not_exists: creates }: Body): Answer {
    if (!this.values.has(key)) {
      if (creates !== true) return noSuch(key);
    } else if (plainKey(this.values.get(key)) !== plainKey(from))
      return errorAnswer(
        ERROR.preconditionFailed,
        `the value is ${plainKey(this.values.get(key))}, and not ${plainKey(from)}`,
      );
    this.values.set(key, to);
    return { type: 'cas_ok' };
  }
}

const noSuch = (key: string): Answer => errorAnswer(ERROR.noSuchKey, `there is no key ${key}`);
