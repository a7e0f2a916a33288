/**
 * The script of a thread in which a promise lives that the user wrote as a function: loads the module once, and calls
 * its default export whenever it is asked.
 *
 * ```ts
 * export default ({ answer, calls }) => answer.status === 200 || `the answer was ${answer.status}`;
 * ```
 */
import { parentPort, workerData } from 'node:worker_threads';
import { loadModule } from './module.js';

/** What comes back: what is broken, or why that cannot be told. */
export type Judgement = { readonly why: readonly string[] } | { readonly problem: string };

const inWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const loading = loadModule(workerData as string, {}, new Map());

async function judge(question: unknown): Promise<Judgement> {
  const { exports, thrown } = await loading;
  if (thrown) return { problem: `it cannot be loaded: ${inWords(thrown.error)}` };
  const promise = exports.default;
  if (typeof promise !== 'function') return { problem: 'its default export is no function' };
  try {
    const said: unknown = await promise(question);
    if (said === true || said === undefined) return { why: [] };
    if (said === false) return { why: ['it is not kept'] };
    const list = typeof said === 'string' ? [said] : said;
    if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return { why: list };
    return { problem: 'it must give true or false, what is broken, or a list of that' };
  } catch (error) {
    return { problem: inWords(error) };
  }
}

parentPort?.on('message', async ({ id, question }: { id: number; question: unknown }) => {
  parentPort?.postMessage({ id, judgement: await judge(question) });
});
