/**
 * Warnings of handlers that never run, and of silence: what holds within bounds in which nothing happens says little.
 */
import type { SlotKind } from '../../protocol/runtime/run.js';
import type { Warning } from '../port.js';
import type { Table } from './table.js';

/** The handler that a slot calls. */
export const handlerOf = (kind: SlotKind): string =>
  typeof kind === 'number' ? 'onMessage' : { init: 'init', return: 'onRestart', timers: 'onTimer' }[kind];

/** Handlers that may run in some scenario, if the table is all that any node does within the bounds. */
export function activeHandlers(table: Table): ReadonlySet<string> {
  const { fires, receives, returns } = table.activity();
  const active = { init: true, onTimer: fires, onMessage: receives, onRestart: returns };
  return new Set(Object.entries(active).flatMap(([handler, runs]) => (runs ? [handler] : [])));
}

/**
 * @param table all that any node does within the bounds
 * @param handlers names of those that any node has
 */
export function idleHandlers(table: Table, handlers: readonly string[]): Warning[] {
  const { fires, receives, sends } = table.activity();
  const warnings: Warning[] = [];
  if (table.nodes.length > 1 && !sends)
    warnings.push({
      code: 'nothing-sent',
      message: 'no message is ever sent within these bounds, in whatever scenario',
    });
  const idle = (handler: string, why: string): void => {
    const message = `${handler} never runs within these bounds, in whatever scenario: ${why}`;
    warnings.push({ code: 'dead-handler', message, place: { handler } });
  };
  if (handlers.includes('onTimer') && !fires) idle('onTimer', 'no timer is ever due');
  if (handlers.includes('onMessage') && !receives && sends) idle('onMessage', 'no message ever arrives');
  return warnings;
}
