/**
 * The messages of a run that are told, with names by which the same thing is found in another run.
 */
import type { MessageResult, RunResult } from './schema.js';

export interface Told extends MessageResult {
  /** Equal for what is the same thing in both runs. */
  readonly name: string;
  /** How often there was one of this name, with this. */
  readonly number: number;
  /** The answer to a read at the end. */
  readonly isLast: boolean;
}

/** Messages before the reads at the end, and the answers to the last of these. */
export function toldOf(run: RunResult | undefined): Told[] {
  if (!run) return [];
  const { messages, readsFrom = Number.MAX_SAFE_INTEGER, operations } = run;
  const round = Math.max(0, ...operations.map((operation) => operation.round));
  const last = operations.filter((operation) => operation.round === round && round > 0);
  const isLast = ({ from, to, type, says, arrivals }: MessageResult): boolean =>
    last.some(
      ({ client, node, completed, answer }) =>
        client === to && node === from && arrivals.includes(completed ?? -1) && answer === `${type} ${says}`.trimEnd(),
    );
  const numbers = new Map<string, number>();
  return messages
    .map((message) => ({ ...message, isLast: isLast(message) }))
    .filter((message) => message.sent < readsFrom || message.isLast)
    .map((message) => {
      const name = nameOf(message);
      const number = (numbers.get(name) ?? 0) + 1;
      numbers.set(name, number);
      return { ...message, name, number };
    });
}

/** Answers to clients are told apart by their place, not by their words. */
function nameOf({ id, from, to, type, isLast }: MessageResult & { readonly isLast: boolean }): string {
  if (isLast) return `${from} > ${to} ${type} at the end`;
  return /^c\d+$/.test(to) ? `${from} > ${to} ${type}` : id.replace(/ #\d+$/, '');
}
