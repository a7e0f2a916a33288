/**
 * The thread in which a module of the user's lives: it is loaded here, and its handlers and checks are called from
 * here.
 *
 * Nothing that it does reaches the search but answers: it may end its process, loop, wait for ever, or keep what it
 * likes. The port is handed over, not found where the module could find it as well, and what this file needs of the
 * process is taken before the module is loaded.
 */

import { workerData } from 'node:worker_threads';
import { dataOf } from '../bloom/data.js';
import { LdfiError } from '../core/invariant.js';
import { parsePlain } from '../protocol/data/plain-text.js';
import { isClosed, isInWorld } from '../protocol/guards/guarded-functions.js';
import { installGuards } from '../protocol/guards/guarded-places.js';
import { hostOf } from '../protocol/host-of.js';
import { tellPlaces } from '../protocol/runtime/call.js';
import type { ProtocolHost, RunRequest } from '../protocol/runtime/host.js';
import { watchBuiltins } from './builtins.js';
import type { Compiled } from './compiled.js';
import { bloomsIn, type ExportedProtocol, problemsOfExports, protocolsIn } from './exported.js';
import { smallLdfi } from './ldfi-small.js';
import {
  eachToWire,
  errorToWire,
  finalFrom,
  type ModuleSource,
  ProbeWriter,
  type Question,
  reachedToWire,
  runToWire,
  stepFrom,
  type ThreadData,
  type Wire,
} from './messages.js';
import { compiledAlone, loadModule, warmUp } from './module.js';
import { watchPendingWork } from './pending-work.js';
import { frameIn, throwPlaces } from './throw-place.js';

const { port, compiles, progress } = workerData as ThreadData;
for (const key of Object.keys(workerData as object)) delete (workerData as Record<string, unknown>)[key];

/** Text of the call under way, for who watches from outside. */
const counter = new Int32Array(progress, 0, 2);
const words = new Uint8Array(progress, 8);
const encoder = new TextEncoder();
let current: string | undefined;
const where = (): string => current ?? 'the check, or the function that makes an actor,';

function announce(call: string | undefined): void {
  current = call;
  const { written } = encoder.encodeInto(call ?? '', words);
  Atomics.store(counter, 1, written);
  Atomics.add(counter, 0, 1);
}

/** Keeps the last thing that went wrong outside of any question. */
let stray: unknown;
const later = setImmediate;
const post = port.postMessage.bind(port);

process.on('uncaughtException', (error) => {
  stray ??= { error };
});
process.on('unhandledRejection', (error) => {
  stray ??= { error };
});
// What is used by `structuredClone` is begun here, and not in a handler.
structuredClone(0);
// A signal would end all that there is, not this thread alone.
process.kill = (): never => {
  throw new LdfiError(
    'impure-handler',
    'process.kill was used: no verdict would come. Throw an error for what must never happen',
  );
};
installGuards();
const refuseReplaced = watchBuiltins();
const unfinished = watchPendingWork(
  () => (isClosed() ? where() : undefined),
  () => (isInWorld() ? where() : undefined),
);

interface Served extends ExportedProtocol {
  readonly host: ProtocolHost;
  readonly probes: ProbeWriter;
}

let exported: Readonly<Record<string, unknown>> = {};
let served: readonly Served[] = [];
const values = new Map<string, unknown>();

/** Values of texts, kept, because the same few come again and again; nobody changes them. */
function parse(text: string): unknown {
  if (values.size > 20_000) values.clear();
  if (!values.has(text)) values.set(text, parsePlain(text));
  return values.get(text);
}

const step = (): void => void Atomics.add(counter, 0, 1);

/** All that a module consists of, if that can be known without running any of it. */
async function compile(path: string): Promise<Wire> {
  const files = await compiledAlone(path, step);
  return files ? filesToWire(files) : null;
}

const filesToWire = (files: ReadonlyMap<string, Compiled>): Wire =>
  [...files].map(([file, { source, code }]) => [file, source, code]);

async function load({ path, compiled, all }: ModuleSource): Promise<Wire> {
  let lacks = false;
  const ldfi = all
    ? await import('./ldfi.js')
    : smallLdfi(() => {
        lacks = true;
      });
  const { exports, thrown, files } = await loadModule(path, ldfi, compiled, step);
  exported = exports;
  const own = new Set([...files.keys()].filter((file) => !file.includes('/node_modules/')));
  tellPlaces(throwPlaces(path, own));
  served = protocolsIn(exports).map((one) => ({
    ...one,
    host: hostOf(one.protocol, { announce }),
    probes: new ProbeWriter(),
  }));
  return {
    lacks,
    files: filesToWire(files),
    thrown: thrown ? (errorToWire(thrown.error) as unknown as Wire) : null,
    problems: thrown ? [] : (problemsOfExports(exports) as unknown as Wire),
    blooms: bloomsIn(exports).map((one) => dataOf(one, (error) => frameIn(error, own)) as unknown as Wire),
    protocols: served.map(({ protocol: { kind, name, nodes, checks, durable, always }, names }) => ({
      info: { kind, name, nodes, checks: checks as unknown as Wire, durable, always },
      names,
    })),
  };
}

/** The same bounds are the same object: what is made for them is kept. */
const bounds = new Map<string, RunRequest['bounds']>();
function known(request: RunRequest): RunRequest {
  const text = JSON.stringify(request.bounds);
  const same = bounds.get(text) ?? request.bounds;
  bounds.set(text, same);
  return { ...request, bounds: same };
}

/** A value that can be posted: what cannot is named. */
function data(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') return { [typeof value]: String(value).slice(0, 100) };
  if (Array.isArray(value)) return value.map(data);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, data(item)]));
}

async function answer(question: Question): Promise<Wire> {
  if (question.op === 'compile') return compile(question.path);
  if (!('protocol' in question))
    return question.op === 'load' ? load(question.module) : (data(exported.default) as Wire);
  const { host, probes } = served[question.protocol] as Served;
  switch (question.op) {
    case 'start':
      return host.start();
    case 'run':
      return runToWire(await host.run(known(question.request)), host.protocol.nodes, probes);
    case 'step':
      return eachToWire(await host.step((question.requests as Wire[]).map(stepFrom)), (reached) =>
        reached.map(reachedToWire),
      );
    case 'judge': {
      const worlds = (question.worlds as Wire[][]).map((finals) => finals.map((final) => finalFrom(final, parse)));
      return eachToWire(await host.judge(worlds, question.reading, question.by), (judgement) =>
        probes.write(judgement),
      );
    }
    default:
      await host.finish();
      return null;
  }
}

/** What was left behind shows when everybody else has had a turn. @throws LdfiError if there is something */
async function refuseLeftovers(): Promise<void> {
  if (unfinished.wasBegun()) await new Promise<void>((resolve) => later(resolve));
  unfinished.refuse();
  refuseReplaced();
  if (stray === undefined) return;
  const { error } = stray as { error: unknown };
  stray = undefined;
  const { name, message } = errorToWire(error);
  const what = [name, message].filter((it) => it !== '').join(': ');
  throw new LdfiError(
    'impure-handler',
    `the module threw ${what} after it was loaded, outside of any handler: nothing of it may go on beside the handlers`,
    [],
    error,
  );
}

/** Questions are answered one after the other: what is left behind by one is not taken for another's. */
let answered: Promise<void> = Promise.resolve();
port.on('message', (asked: { id: number; question: Question }) => {
  answered = answered.then(() => reply(asked));
});

async function reply({ id, question }: { id: number; question: Question }): Promise<void> {
  let reply: unknown;
  try {
    reply = { ok: await answer(question) };
    await refuseLeftovers();
  } catch (error) {
    reply = { error: errorToWire(error) };
  }
  try {
    post({ id, reply });
  } catch (error) {
    post({ id, reply: { error: errorToWire(error) } });
  }
}

if (compiles) void warmUp();
