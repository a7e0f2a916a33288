/**
 * The worker of the playground: engine and solver, so that the page goes on while a check is searched, and a search can
 * be given up at any moment by ending its worker.
 */
import { useCompiled } from '../solver/cadical.js';
import type { FromWorker, ToWorker } from './messages.js';
import { answerTo } from './question.js';

const say = (message: FromWorker): void => self.postMessage(message);

// The page hears of errors, not of promises that are not kept.
self.onmessage = ({ data }: MessageEvent<ToWorker>): void => void react(data).catch(self.reportError);

async function react(data: ToWorker): Promise<void> {
  if (data.kind === 'solver') {
    await useCompiled(data.module);
    say({ kind: 'ready' });
    return;
  }
  const { question, milliseconds } = data;
  say({ kind: 'answer', answered: await answerTo(question, AbortSignal.timeout(milliseconds)) });
}
