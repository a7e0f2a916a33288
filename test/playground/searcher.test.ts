/**
 * Searches in workers, with workers that are told what to do: a new question ends the one before it with its worker, and
 * one that never answers is cut off.
 */
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FromWorker, ToWorker } from '../../src/playground/messages.js';
import { Searcher } from '../../src/playground/page/searcher.js';
import type { Question } from '../../src/playground/question.js';

/** Answers with the root of the question, at once or never. */
class FakeWorker {
  static readonly all: FakeWorker[] = [];
  onmessage: (event: { data: FromWorker }) => void = () => undefined;
  onerror: (event: { message: string }) => void = () => undefined;
  isEnded = false;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage(message: ToWorker): void {
    queueMicrotask(() => this.react(message));
  }

  terminate(): void {
    this.isEnded = true;
  }

  private react(message: ToWorker): void {
    if (message.kind === 'solver') this.onmessage({ data: { kind: 'ready' } });
    else if (message.question.root === 'broken') this.onerror({ message: 'out of memory' });
    else if (message.question.root !== 'endless')
      this.onmessage({ data: { kind: 'answer', answered: { problem: message.question.root } } });
  }
}

/** The smallest module. */
const SOLVER = gzipSync(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])).toString('base64');
const SCRIPT = gzipSync('').toString('base64');
const about = (root: string): Question => ({ version: '0', files: [], root, check: 0, bounds: {} });
const searcher = (): Searcher => new Searcher({ version: '0', worker: SCRIPT, solver: SOLVER, gallery: [] });

beforeEach(() => {
  FakeWorker.all.length = 0;
  vi.stubGlobal('Worker', FakeWorker);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('asks the same worker again once it has answered, and keeps a spare one', async () => {
  const own = searcher();
  expect(await own.ask(about('a'))).toEqual({ problem: 'a' });
  expect(await own.ask(about('b'))).toEqual({ problem: 'b' });
  expect(FakeWorker.all.length).toBe(1);
  vi.advanceTimersByTime(1000);
  await vi.waitFor(() => expect(FakeWorker.all.length).toBe(2));
});

it('gives a search up for a new question', async () => {
  const own = searcher();
  await own.ask(about('a'));
  vi.advanceTimersByTime(1000);
  const endless = own.ask(about('endless'));
  await vi.waitFor(() => expect(own.ask(about('b'))).resolves.toEqual({ problem: 'b' }));
  expect(await endless).toBeUndefined();
  expect(FakeWorker.all.length).toBe(2);
  expect(await own.ask(about('c'))).toEqual({ problem: 'c' });
  const cancelled = own.ask(about('endless'));
  own.cancel();
  expect(await cancelled).toBeUndefined();
  expect(await own.ask(about('d'))).toEqual({ problem: 'd' });
});

it('cuts off what never answers, and goes on with another worker', async () => {
  const own = searcher();
  await own.ask(about('a'));
  const endless = own.ask(about('endless'));
  // Until it is under way.
  await new Promise((done) => setImmediate(done));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await endless).toEqual({ cutOff: 8 });
  expect(FakeWorker.all[0]?.isEnded).toBe(true);
  expect(await own.ask(about('b'))).toEqual({ problem: 'b' });
});

it('tells of a worker that fails, and goes on with another one', async () => {
  const own = searcher();
  expect(await own.ask(about('broken'))).toEqual({ problem: 'the search has failed: out of memory' });
  expect(FakeWorker.all[0]?.isEnded).toBe(true);
  expect(await own.ask(about('b'))).toEqual({ problem: 'b' });
});
