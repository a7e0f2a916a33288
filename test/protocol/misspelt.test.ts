/**
 * Names that are not quite right: of handlers, of properties, of bounds, of options. Each would make a green mean less
 * than it seems to.
 */
import { describe, expect, it } from 'vitest';
import { check, defineProtocol, LdfiError, search, systemOf } from '../../src/index.js';

const parts = {
  name: 'p',
  nodes: ['a', 'b'],
  state: () => ({ n: 0 }),
  actor: () => ({ onMessage: () => undefined }),
  check: () => 'holds' as const,
};

/** What plain JavaScript may hand over. */
const loose = (given: unknown): never => given as never;

function problem(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof LdfiError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
}

const later = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof LdfiError ? `${error.code}: ${error.message}` : Promise.reject(error)),
  );

describe('misspelt', () => {
  it('properties of a definition', () => {
    expect(problem(() => defineProtocol(loose({ ...parts, sate: () => 1, crashes: 3 })))).toMatch(
      /^bad-protocol: .*no `sate` \(is it `state`\?\); there is no `crashes`/,
    );
  });

  it('handlers', async () => {
    const near = defineProtocol(loose({ ...parts, actor: () => ({ onMesage: () => undefined, onTimer: () => 1 }) }));
    expect(await later(check(near))).toBe(
      'bad-protocol: the actor of a has "onMesage", which is no handler (is it onMessage?)',
    );
    const far = defineProtocol(loose({ ...parts, actor: () => ({ receive: () => undefined }) }));
    expect(await later(check(far))).toMatch(
      /^bad-protocol: the actor of a has "receive", which is no handler \(handlers are named init, .*\)$/,
    );
    class Base {
      onMesage(): void {}
    }
    class Derived extends Base {
      onTimer(): void {}
    }
    const inherited = defineProtocol({ ...parts, actor: () => new Derived() });
    expect(await later(check(inherited))).toMatch(
      /^bad-protocol: the actor of a has "onMesage".*\(is it onMessage\?\)/,
    );
    class Helped {
      emit(): void {}
      onMessage(): void {}
    }
    expect((await check(defineProtocol({ ...parts, actor: () => new Helped() }))).kind).toBe('holds');
    const passive = defineProtocol({ ...parts, actor: () => ({}) });
    expect((await check(passive)).kind).toBe('holds');
  });

  it('bounds and options', async () => {
    const protocol = defineProtocol(parts);
    expect(await later(check(protocol, loose({ crash: 1 })))).toMatch(/^bad-bounds: there is no bound "crash"/);
    expect(await later(check(protocol, loose({ nodes: ['zz'] })))).toMatch(/^bad-bounds/);
    expect(await later(check(loose({}), {}))).toMatch(/^bad-protocol: this is no protocol/);
    const strange = search(systemOf(protocol, {}), loose({ sginal: 1, strategy: 'nope', maxExecutions: -1 }));
    expect(await later(strange.next())).toMatch(
      /^bad-options: .*no option "sginal".*strategy must be one of.*maxExecutions must be an integer, at least 1/,
    );
  });
});
