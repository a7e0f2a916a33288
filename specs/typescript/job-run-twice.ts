/**
 * A queue gives its job to worker u, and to v if u gives no sign of life for four ticks. A worker takes three ticks
 * for the job, with a sign of life at each.
 *
 * Promise: the job's result is booked once. What goes wrong: u's clock stands still for a while (its process is
 * suspended), so it gives no sign of life; the queue thinks it dead and asks v; then u wakes up and finishes, and so
 * does v. The same if the job reaches u late. One loss or one crash does no harm: who is dead books nothing.
 * job-attempts.ts is the cure.
 *
 * Source: Gray and Reuter, "Transaction Processing" (1993), on queued work; the visibility timeout of Amazon SQS
 * (2006), whose manual warns of this.
 */
import { type CheckAnswer, defineProtocol, type Protocol, type ProtocolCheck, type World } from 'ldfi';

interface State {
  /** The last attempt that the queue began; that of a worker. */
  attempt: number;
  booked: number;
}

interface Message {
  readonly kind: 'job' | 'alive' | 'done';
  readonly attempt: number;
}

/** In ticks. */
const PATIENCE = 4;
const WORK = 3;

export function bookedOnce(world: World<State>): CheckAnswer {
  const { booked } = world.state('queue');
  return booked <= 1 ? 'holds' : { violated: `the result is booked ${booked} times` };
}

export function jobQueue(name: string, counts: boolean, checks: readonly ProtocolCheck[]): Protocol<State, Message> {
  return defineProtocol<State, Message>({
    name,
    nodes: ['queue', 'u', 'v'],
    state: () => ({ attempt: 0, booked: 0 }),
    actor: (id) => ({
      init(ctx) {
        if (id !== 'queue') return;
        ctx.state.attempt = 1;
        ctx.send('u', { kind: 'job', attempt: 1 });
        ctx.setTimer('silence', PATIENCE);
      },
      onMessage(ctx, _from, { kind, attempt }) {
        const { state } = ctx;
        if (kind === 'job') {
          state.attempt = attempt;
          ctx.send('queue', { kind: 'alive', attempt });
          ctx.setPeriodic('alive', 1);
          ctx.setTimer('work', WORK);
        } else if (kind === 'alive') {
          if (attempt === state.attempt && state.booked === 0) ctx.setTimer('silence', PATIENCE);
        } else if (!counts || attempt === state.attempt) {
          if (!counts || state.booked === 0) state.booked++;
          ctx.clearTimer('silence');
        }
      },
      onTimer(ctx, timer) {
        const { state } = ctx;
        if (timer === 'silence') {
          if (state.attempt > 1) return;
          state.attempt++;
          ctx.send('v', { kind: 'job', attempt: state.attempt });
          return;
        }
        ctx.send('queue', { kind: timer === 'work' ? 'done' : 'alive', attempt: state.attempt });
        if (timer === 'work') ctx.clearTimer('alive');
      },
    }),
    check: bookedOnce,
    checks,
  });
}

export default jobQueue('job-run-twice', false, [
  { name: 'slow-clock', eot: 12, eff: 7, crashes: 0, faults: 'skew', expect: 'violated' },
  { name: 'late-job', eot: 12, eff: 4, crashes: 0, faults: 'delay:2', maxCost: 1, expect: 'violated' },
  { name: 'one-loss', eot: 12, eff: 7, crashes: 1, maxCost: 1, expect: 'holds' },
]);
