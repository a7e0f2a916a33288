/**
 * A protocol to cheat in: a tells b a number at every tick, and b keeps the last one. Cheats replace its handlers or
 * its check.
 */
import { LdfiError } from '../../src/core/invariant.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import { defineProtocol } from '../../src/protocol/define.js';
import { LocalHost } from '../../src/protocol/runtime/local-host.js';
import type { Actor, AnyProtocol, CheckAnswer, Context, World } from '../../src/protocol/types.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';
import { watched } from '../../src/testing/watchdog.js';

// biome-ignore lint/suspicious/noExplicitAny: a cheat puts anything anywhere
export type Loose = any;
export type Ctx = Context<Loose, Loose, Loose>;

interface Cheat {
  readonly state?: (id: string) => Loose;
  readonly actor?: (id: string) => Actor<Loose, Loose, Loose>;
  readonly check?: (world: World<Loose, Loose>) => unknown;
}

export function protocolOf({ state, actor, check }: Cheat): AnyProtocol {
  return defineProtocol<Loose, Loose, Loose>({
    name: 'cheat',
    nodes: ['a', 'b'],
    state: state ?? (() => ({ n: 0 })),
    actor: (id) => {
      // Onto the cheat's own object, so that its handlers keep their `this`.
      const own: Actor<Loose, Loose, Loose> = actor?.(id) ?? {};
      own.init ??= (ctx: Ctx) => {
        if (id === 'a') ctx.setPeriodic('tell', 1);
      };
      own.onTimer ??= (ctx: Ctx) => ctx.send('b', { n: ++ctx.state.n });
      own.onMessage ??= (ctx: Ctx, _from: string, message: Loose) => {
        ctx.state.n = message.n;
      };
      return own;
    },
    check: (check ?? (() => 'holds')) as (world: World<Loose, Loose>) => CheckAnswer,
  });
}

export interface Found {
  readonly verdict: Verdict | undefined;
  readonly error: LdfiError | undefined;
  readonly system: ProtocolSystem;
}

/** Searches; what is wrong with the protocol is a value. Anything but an `LdfiError` is thrown on. */
export async function found(cheat: Cheat, lineage: 'auto' | 'run' = 'auto'): Promise<Found> {
  const host = new LocalHost(protocolOf(cheat), { watchdog: (work, current) => watched(work, current, 500) });
  const system = new ProtocolSystem(host, { eot: 5, eff: 3, crashes: 1 }, { lineage });
  try {
    for await (const event of search(system))
      if (event.kind === 'verdict') return { verdict: event.verdict, error: undefined, system };
  } catch (error) {
    if (error instanceof LdfiError) return { verdict: undefined, error, system };
    throw error;
  }
  throw new Error('no verdict');
}

/** What is said about a cheat: the error's code and words. */
export async function complaint(cheat: Cheat, lineage?: 'auto' | 'run'): Promise<string> {
  const { error, verdict } = await found(cheat, lineage);
  return error ? `${error.code}: ${error.message}` : `nothing: ${verdict?.kind}`;
}

/** A cheat in the handler with which b receives the first message: at tick 2... */
export const onMessage = (cheat: (ctx: Ctx, message: Loose) => unknown) => ({
  actor: (): Actor<Loose, Loose, Loose> => ({
    onMessage: (ctx: Ctx, _from: string, message: Loose) => cheat(ctx, message) as undefined,
  }),
});

export const WHERE = /onMessage of b at tick 3 \(\{"n":1,?\} from a\)/;
