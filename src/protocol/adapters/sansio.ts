/**
 * A sans-IO core as an actor: a pure function from state and event to state and effects, which does no input or output
 * itself. (The style is that of "sans-IO": Brett Cannon and Cory Benfield, 2016; most well-kept protocol libraries
 * offer it.)
 */

import { isPending } from '../runtime/run-to-completion.js';
import type { Actor, Context, Done } from '../types.js';

/**
 * What handlers make of messages and timers. Types of events come from `step` alone; a literal fits them if it does so
 * once it is read only.
 */
type Given<E> = NoInfer<E | ReadOnly<E>>;
type ReadOnly<T> = T extends object ? { readonly [K in keyof T]: ReadOnly<T[K]> } : T;

/**
 * How a core meets the world of handlers. Write `onMessage` before `perform`: the type of messages comes from it, or
 * from the protocol's `types`.
 */
export interface SansIoCore<S, E, X, M, F = unknown> {
  /** One step of the core. */
  readonly step: (state: S, event: E) => readonly [state: S, effects: readonly X[]];
  /** The event with which a node starts, if any. */
  readonly start?: (id: string) => Given<E> | undefined;
  /** A message that came in, as an event. */
  readonly onMessage: (from: string, message: M) => Given<E>;
  /** A timer that fired, as an event. Needed if effects set timers. */
  readonly onTimer?: (name: string) => Given<E>;
  /** Carries out an effect: sends, sets a timer, logs. */
  readonly perform: (ctx: Context<S, M, F>, effect: X) => Done;
}

/**
 * An actor that drives a core. The core's state is the node's state, so it must be plain data; give the first one as
 * the protocol's `state`. `const` is there for the compiler: `{ type: 'start' }` is taken for that event, and not for
 * one of type `string`.
 *
 * ```ts
 * defineProtocol({ name, nodes, types: {} as { message: Message }, state: (id) => core.initial(id), actor: (id) => sansIo({ step: core.step, … }), check })
 * ```
 */
export function sansIo<S, const E, X, M, F = unknown>(core: SansIoCore<S, E, X, M, F>): Actor<S, M, F> {
  const drive = (ctx: Context<S, M, F>, event: Given<E>): Done => {
    const [state, effects] = core.step(ctx.state, event as E);
    ctx.state = state;
    // What is not done yet is refused as if a handler had done it.
    return effects.map((effect) => core.perform(ctx, effect)).find(isPending);
  };
  const { start, onMessage, onTimer } = core;
  return {
    init: (ctx) => {
      const event = start?.(ctx.id);
      return event === undefined ? undefined : drive(ctx, event);
    },
    onMessage: (ctx, from, message) => drive(ctx, onMessage(from, message)),
    ...(onTimer && { onTimer: (ctx: Context<S, M, F>, name: string) => drive(ctx, onTimer(name)) }),
  };
}
