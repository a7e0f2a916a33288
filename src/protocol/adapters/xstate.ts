/**
 * An XState (version 5) machine as an actor, by its pure functions `initialTransition` and `transition`.
 *
 * Delays (`after`, `raise` with a delay) are ticks. What the machine does to the outside is its actions: each is
 * carried out by the function of that name given here. What cannot be kept as plain data (history states, spawned or
 * invoked children) is refused.
 */
import { LdfiError } from '../../core/invariant.js';
import { isPending } from '../runtime/run-to-completion.js';
import type { Actor, Context, Done } from '../types.js';

/** What is needed of the machine's snapshots, in the form in which they are kept between handlers. */
export interface MachineState {
  readonly status: string;
  readonly value: unknown;
  readonly context: unknown;
  /** Events that will come when their timers fire, by the timer's name. */
  readonly pending: Readonly<Record<string, MachineEvent>>;
}

export interface MachineEvent {
  readonly type: string;
}

interface Snapshot {
  readonly status: string;
  readonly value?: unknown;
  readonly context?: unknown;
  readonly children?: object;
  readonly historyValue?: object;
}

interface Action {
  readonly type: string;
  readonly params?: unknown;
}

interface Machine {
  resolveState(config: never): unknown;
}

/** XState's pure functions: pass `{ initialTransition, transition }` imported from `xstate`. */
export interface PureXState {
  initialTransition(machine: never, input: never): readonly [unknown, readonly unknown[]];
  transition(machine: never, snapshot: never, event: never): readonly [unknown, readonly unknown[]];
}

export interface MachineOptions<M, F = unknown> {
  /** A message that came in, as an event of the machine. */
  readonly onMessage: (from: string, message: M) => MachineEvent;
  /** By name of action: what it does. Actions that only assign need none. */
  readonly actions?: Readonly<Record<string, (ctx: Context<MachineState, M, F>, params: never) => Done>>;
  /** Input of a node's machine. */
  readonly input?: (id: string) => unknown;
}

/**
 * An actor that drives a machine; it needs no `state` in the protocol. In the check, `world.state(node).value` and
 * `.context` are the machine's.
 */
export function machineActor<M, F = unknown>(
  xstate: PureXState,
  machine: Machine,
  options: MachineOptions<M, F>,
): Actor<MachineState, M, F> {
  const adopt = (
    ctx: Context<MachineState, M, F>,
    [snapshot, actions]: readonly [unknown, readonly unknown[]],
    kept: MachineState['pending'],
  ): Done => {
    const pending = { ...kept };
    ctx.state = { ...plainSnapshot(snapshot as Snapshot), pending };
    // What is not done yet is refused as if a handler had done it.
    return (actions as Action[]).map((action) => perform(ctx, action, pending, options)).find(isPending);
  };
  const send = (ctx: Context<MachineState, M, F>, event: MachineEvent, pending: MachineState['pending']): Done => {
    const { status, value, context } = ctx.state;
    const snapshot = machine.resolveState({ status, value, context } as never);
    return adopt(ctx, xstate.transition(machine as never, snapshot as never, event as never), pending);
  };
  return {
    init: (ctx) => adopt(ctx, xstate.initialTransition(machine as never, options.input?.(ctx.id) as never), {}),
    onMessage: (ctx, from, message) => send(ctx, options.onMessage(from, message), ctx.state.pending),
    onTimer: (ctx, name) => {
      const { [name]: event, ...others } = ctx.state.pending;
      return event ? send(ctx, event, others) : undefined;
    },
  };
}

function perform<M, F>(
  ctx: Context<MachineState, M, F>,
  { type, params }: Action,
  pending: Record<string, MachineEvent>,
  { actions }: MachineOptions<M, F>,
): Done {
  if (type === 'xstate.raise') {
    const { event, delay, id } = params as { event: MachineEvent; delay?: number; id?: string };
    if (delay === undefined) return undefined;
    const name = id ?? event.type;
    pending[name] = event;
    ctx.setTimer(name, delay);
  } else if (type === 'xstate.cancel') {
    const name = typeof params === 'string' ? params : String((params as { sendId?: unknown }).sendId);
    delete pending[name];
    ctx.clearTimer(name);
  } else if (actions && Object.hasOwn(actions, type)) return actions[type]?.(ctx, params as never);
  else if (type.startsWith('xstate.'))
    throw new LdfiError(
      'bad-protocol',
      `the machine of ${ctx.id} uses ${type}, which has no counterpart here: keep to assign, raise and actions by name`,
    );
  return undefined;
}

function plainSnapshot({
  status,
  value,
  context,
  children = {},
  historyValue = {},
}: Snapshot): Omit<MachineState, 'pending'> {
  const unsupported = [
    ...(Object.keys(children).length > 0 ? ['spawned or invoked actors'] : []),
    ...(Object.keys(historyValue).length > 0 ? ['history states'] : []),
  ];
  if (unsupported.length > 0)
    throw new LdfiError(
      'bad-protocol',
      `a machine with ${unsupported.join(' and ')} cannot be kept as plain data: leave them out, or write the handlers yourself`,
    );
  return { status, value, context };
}
