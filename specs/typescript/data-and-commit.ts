/**
 * A primary sends its backup a batch of two messages at one tick, the data and then the word to commit it.
 *
 * Promise: a backup that has committed has the data. What goes wrong: the data is lost and the word arrives. As long as
 * all that is sent at one tick shares a fate, as in one packet, nothing of that is seen; with fates of their own it
 * is (`perMessage: 2`, on the command line `--granularity message`). data-and-commit-checked.ts is the cure.
 *
 * Source: Saltzer, Reed and Clark, "End-to-end arguments in system design" (ACM TOCS 1984).
 */
import { type CheckAnswer, defineProtocol, type Protocol, type ProtocolCheck, type World } from 'ldfi';

interface State {
  data: number;
  committed: boolean;
}

interface Message {
  readonly kind: 'data' | 'commit';
  /** How many messages with data there are so far. */
  readonly count: number;
}

export function committedData(world: World<State>): CheckAnswer {
  const { data, committed } = world.state('backup');
  if (!committed) return 'vacuous';
  return data === 1 ? 'holds' : { violated: 'the backup has committed without the data' };
}

export function batch(name: string, checked: boolean, checks: readonly ProtocolCheck[]): Protocol<State, Message> {
  return defineProtocol<State, Message>({
    name,
    nodes: ['backup', 'primary'],
    state: () => ({ data: 0, committed: false }),
    actor: (id) => ({
      init(ctx) {
        if (id !== 'primary') return;
        ctx.send('backup', { kind: 'data', count: 1 });
        ctx.send('backup', { kind: 'commit', count: 1 });
      },
      onMessage({ state }, _from, { kind, count }) {
        if (kind === 'data') state.data = count;
        else if (!checked || state.data === count) state.committed = true;
      },
    }),
    check: committedData,
    checks,
  });
}

export default batch('data-and-commit', false, [
  { name: 'by-message', eot: 3, eff: 2, crashes: 0, perMessage: 2, expect: 'violated' },
  { name: 'by-slot', eot: 3, eff: 2, crashes: 0, expect: 'holds' },
]);
