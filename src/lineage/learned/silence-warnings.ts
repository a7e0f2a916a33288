/**
 * Warnings of handlers that never run, and of silence: what holds within bounds in which nothing happens says little.
 */
import type { Warning } from '../port.js';
import type { Table } from './table.js';

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
