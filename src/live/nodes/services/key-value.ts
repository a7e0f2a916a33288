/**
 * `seq-kv`, `lin-kv` and `lww-kv`: a store of values by key.
 *
 * ```
 * {type: 'read', key}           → {type: 'read_ok', value}   or error 20: no such key
 * {type: 'write', key, value}   → {type: 'write_ok'}
 * {type: 'cas', key, from, to}  → {type: 'cas_ok'}           or error 20, or 22: the value is not `from`
 * ```
 * With `create_if_not_exists`, a `cas` on a key that is not there writes `to`. Requests are answered from the newest
 * state, but for those that a fault makes stale: these are answered from the oldest state that the contract allows.
 */
import { plainKey } from '../../../history/text.js';
import type { Body } from '../message.js';
import type { Consistency } from './consistency.js';
import { type Answer, ERROR, errorAnswer, type Service } from './service.js';
import { type Held, Versions } from './versions.js';

export class KeyValue implements Service {
  private readonly versions = new Versions();

  constructor(private readonly consistency: Consistency) {}

  handle(body: Body, client: string, isStale = false): Answer {
    const problem = refused(body);
    if (problem) return problem;
    const key = plainKey(body.key);
    const isOld = isStale && this.consistency.old.includes(body.type);
    const { answer, change } = this.decide(key, body, client, isOld);
    if (change) this.versions.set(key, change.value);
    if (change || !isOld) this.consistency.sawNewest(this.versions, key, client, change !== undefined);
    return answer;
  }

  hasOlderAnswer(body: Body, client: string): boolean {
    if (refused(body) || !this.consistency.old.includes(body.type)) return false;
    const [now, old] = [false, true].map((isOld) => this.decide(plainKey(body.key), body, client, isOld).answer);
    return plainKey(now) !== plainKey(old);
  }

  private decide(key: string, body: Body, client: string, isOld: boolean): Decision {
    const { versions, consistency } = this;
    return decisionOn(body, versions.at(key, isOld ? consistency.oldest(versions, key, client) : versions.newest));
  }
}

interface Decision {
  readonly answer: Answer;
  readonly change?: { readonly value: unknown };
}

const NEEDED: Readonly<Record<string, readonly string[]>> = {
  read: ['key'],
  write: ['key', 'value'],
  cas: ['key', 'from', 'to'],
};

/** Why a request is none, if so. */
function refused(body: Body): Answer | undefined {
  const { type } = body;
  if (!Object.hasOwn(NEEDED, type))
    return errorAnswer(ERROR.notSupported, `there is no ${type} here; there are read, write and cas`);
  const missing = (NEEDED[type] ?? []).filter((name) => body[name] === undefined);
  return missing.length > 0 ? errorAnswer(ERROR.malformed, `${type} needs ${missing.join(' and ')}`) : undefined;
}

/** What a request comes to, given what its key holds. */
function decisionOn({ type, key, value, from, to, create_if_not_exists: creates }: Body, held: Held): Decision {
  if (type === 'write') return { answer: { type: 'write_ok' }, change: { value } };
  if (!held && !(type === 'cas' && creates === true))
    return { answer: errorAnswer(ERROR.noSuchKey, `there is no key ${plainKey(key)}`) };
  if (type === 'read') return { answer: { type: 'read_ok', value: held?.value } };
  if (held && plainKey(held.value) !== plainKey(from)) {
    const text = `the value is ${plainKey(held.value)}, and not ${plainKey(from)}`;
    return { answer: errorAnswer(ERROR.preconditionFailed, text) };
  }
  return { answer: { type: 'cas_ok' }, change: { value: to } };
}
