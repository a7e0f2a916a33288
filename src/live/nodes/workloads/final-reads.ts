/**
 * Reads at the end: of every node that is up, one answer each, all in the last round.
 */
import type { Body } from '../message.js';
import type { Asked } from '../record.js';
import type { Evidence } from './workload.js';

export interface FinalReads {
  /** The last answer of each live node in the last round. */
  readonly reads: readonly (Asked & { readonly reply: Body })[];
  /** Live nodes without one, each in a sentence. */
  readonly silent: readonly string[];
}

export function finalReads({ history, live, round }: Evidence, type: string): FinalReads {
  const last = history.filter((asked) => asked.round === round && round > 0 && asked.body.type === type);
  const reads = live.flatMap((node) => {
    const found = last.findLast((asked) => asked.node === node && asked.status === 'ok');
    return found?.reply ? [{ ...found, reply: found.reply }] : [];
  });
  const silent = live
    .filter((node) => !reads.some((read) => read.node === node))
    .map((node) => {
      const error = last.find((asked) => asked.node === node)?.reply;
      return error
        ? `${node} is up and answers the ${type} at the end with error ${error.code}: ${String(error.text ?? '')}`
        : `${node} is up and does not answer the ${type} at the end`;
    });
  return { reads, silent: round === 0 && live.length > 0 ? ['nobody was asked at the end: time was up'] : silent };
}
