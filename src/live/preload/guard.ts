/**
 * One query under the eyes of `ldfi`: what becomes of it is asked before it is made, and again before its answer is
 * given. What hangs or is late, hangs or is late at the desk.
 */
import { type DeskAddress, Errand } from './errand.js';
import type { Question } from './question.js';
import { takeTurn } from './turns.js';

/** How a library does it. */
interface Way<T> {
  /** Makes the query; it has been sent when this returns. */
  make(): Promise<T>;
  /** Fails as if the database answered with an error. */
  refuse(): Promise<T>;
  /** Fails as if the connection broke. */
  breakOff(): Promise<T>;
  /** The time after which the library itself gives up, in milliseconds, and its error. */
  readonly limit?: { readonly ms: number; readonly error: () => Error } | undefined;
}

export type Guard = <T>(connection: object, question: Question, way: Way<T>) => Promise<T>;

export const guardAt =
  (desk: DeskAddress): Guard =>
  async (connection, question, way) => {
    const turn = takeTurn(connection, question.headers.tracestate ?? question.headers.baggage ?? '');
    const errand = new Errand(desk);
    try {
      const made = await begun(errand, turn.come, question, way).finally(turn.over);
      const status = await made.result.then(
        () => 200 as const,
        () => 500 as const,
      );
      if (made.isTold && (await errand.after({ status })) === 'reset') return await way.breakOff();
      return await made.result;
    } finally {
      errand.end();
    }
  };

/** @returns the query under way, and whether it is to be told how it went */
async function begun<T>(errand: Errand, come: Promise<void>, question: Question, way: Way<T>) {
  await come;
  const act = await withLimit(errand.before(question), way.limit);
  if (act === 'refuse') return { isTold: false, result: way.refuse() };
  if (act === 'reset') return { isTold: false, result: way.breakOff() };
  return { isTold: act === 'go', result: way.make() };
}

async function withLimit<T>(waited: Promise<T>, limit: Way<unknown>['limit']): Promise<T> {
  if (!limit || !(limit.ms > 0)) return waited;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(limit.error()), limit.ms);
  });
  return Promise.race([waited, late]).finally(() => clearTimeout(timer));
}
