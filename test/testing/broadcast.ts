/**
 * A broadcast that retries, with and without what mends it; and ways in which a test of it would mean nothing.
 */
import { defineProtocol } from '../../src/protocol/define.js';

interface Variant {
  /** Whoever has the message passes it on. */
  readonly relay?: boolean;
  /** Nobody has anything to say. */
  readonly silent?: boolean;
  /** Nothing is ever sent. */
  readonly mute?: boolean;
}

export const broadcast = ({ relay = false, silent = false, mute = false }: Variant) =>
  defineProtocol({
    name: silent ? 'silent' : mute ? 'mute' : relay ? 'relay' : 'retry',
    nodes: ['a', 'b', 'c'],
    state: (id) => ({ has: id === 'a' && !silent }),
    actor: () => ({
      init(ctx) {
        if (!ctx.state.has || mute) return;
        ctx.broadcast('msg');
        ctx.setPeriodic('again', 1);
      },
      onMessage(ctx, _from, _message: string) {
        if (relay && !ctx.state.has) ctx.setPeriodic('again', 1);
        ctx.state.has = true;
      },
      onTimer(ctx) {
        ctx.broadcast('msg');
      },
    }),
    check: (world) => {
      const lacking = world.alive.filter((node) => !world.state(node).has);
      if (lacking.length === world.alive.length) return 'vacuous';
      return lacking.length === 0 ? 'holds' : { violated: lacking.map((node) => [node, 'lacks it']) };
    },
  });
