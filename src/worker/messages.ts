/**
 * What passes between the search and the thread of a protocol: numbers, texts and lists of them. States, messages and
 * facts are canonical texts.
 *
 * What comes out of the thread is looked at part by part, because the protocol's code shares it.
 */
import type { MessagePort } from 'node:worker_threads';
import { invariant, LdfiError, type LdfiErrorCode, type Problem } from '../core/invariant.js';
import { type Broken, isBrokenAt, type Outcome, rowOf } from '../core/outcome.js';
import { Snapshot } from '../protocol/data/plain.js';
import { parsePlain, textOf } from '../protocol/data/plain-text.js';
import type { Timer } from '../protocol/runtime/context.js';
import type { HostRun, Judge, Judgement, Reading, RunRequest, StepRequest } from '../protocol/runtime/host.js';
import type { Probe, Read } from '../protocol/runtime/probe.js';
import { NOTHING_ASKED, type Recorded } from '../protocol/runtime/recorded.js';
import type { Final, Memory, Message, Reached, Slot, SlotKind } from '../protocol/runtime/run.js';
import type { Compiled } from './compiled.js';

/** What is posted: structured data without classes. */
export type Wire = string | number | boolean | null | readonly Wire[] | { readonly [key: string]: Wire };

/** What a thread is given. */
export interface ThreadData {
  readonly port: MessagePort;
  /** Whether it will have to compile something. */
  readonly compiles: boolean;
  /** [steps made, bytes of the text, …the call under way as text]. */
  readonly progress: SharedArrayBuffer;
}

/** A module to be loaded. */
export interface ModuleSource {
  /** Absolute. */
  readonly path: string;
  /** What the compiler made of its files before. */
  readonly compiled: ReadonlyMap<string, Compiled>;
  /** Whether all of 'ldfi' is to be had. */
  readonly all: boolean;
}

/** What the thread is asked. `protocol` is the number of one of the module's. */
export type Question =
  | { readonly op: 'compile'; readonly path: string }
  | { readonly op: 'load'; readonly module: ModuleSource }
  | { readonly op: 'exports' }
  | { readonly op: 'start' | 'finish'; readonly protocol: number }
  | { readonly op: 'run'; readonly protocol: number; readonly request: RunRequest }
  | { readonly op: 'step'; readonly protocol: number; readonly requests: Wire }
  | {
      readonly op: 'judge';
      readonly protocol: number;
      readonly worlds: Wire;
      readonly reading: Reading;
      readonly by: Judge;
    };

const orNull = (snapshot: Snapshot | undefined): Wire => snapshot?.text ?? null;
const texts = (snapshots: readonly Snapshot[]): Wire => snapshots.map(({ text }) => text);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : refuse());
const text = (value: unknown): string => (typeof value === 'string' ? value : refuse());
const number = (value: unknown): number => (typeof value === 'number' ? value : refuse());
const boolean = (value: unknown): boolean => (typeof value === 'boolean' ? value : refuse());
const textOrNone = (value: unknown): string | undefined => (value === null ? undefined : text(value));

function refuse(): never {
  throw new LdfiError(
    'bad-protocol',
    'the thread of the protocol answers what is no answer: does its code tamper with it?',
  );
}

const snapshotOf = (value: unknown): Snapshot => Snapshot.fromText(text(value));
const snapshotsOf = (value: unknown): Snapshot[] => list(value).map(snapshotOf);

const memoryToWire = ({ state, timers, chance, asked }: Memory): Wire[] => [
  orNull(state),
  timers.map(([name, { left, period }]) => [name, left, period]),
  chance,
  asked.count === 0 ? null : [asked.count, asked.open],
];

function memoryFrom([state, timers, chance, asked]: readonly unknown[]): Memory {
  return {
    state: state === null ? undefined : snapshotOf(state),
    timers: list(timers).map((timer) => {
      const [name, left, period] = list(timer);
      return [text(name), { left: number(left), period: number(period) } satisfies Timer];
    }),
    chance: number(chance),
    asked: askedFrom(asked),
  };
}

function askedFrom(asked: unknown): Memory['asked'] {
  if (asked === null) return NOTHING_ASKED;
  const [count, open] = list(asked);
  return { count: number(count), open: list(open).map(number) };
}

const recordedToWire = ({ kind, number, value }: Recorded): Wire => [kind, number, value.text];

function recordedFrom(recorded: unknown): Recorded {
  const [kind, numbered, value] = list(recorded);
  if (kind !== 'invoke' && kind !== 'complete') return refuse();
  return { kind, number: number(numbered), value: snapshotOf(value) };
}

export const reachedToWire = (reached: Reached): Wire => [
  ...memoryToWire(reached),
  reached.failure ?? null,
  reached.sends.map(({ to, message }) => [to, message.text]),
  texts(reached.logged),
  reached.recorded.map(recordedToWire),
  reached.call,
];

export function reachedFrom(value: unknown): Reached {
  const [state, timers, chance, asked, failure, sends, logged, recorded, call] = list(value);
  return {
    ...memoryFrom([state, timers, chance, asked]),
    failure: textOrNone(failure),
    sends: list(sends).map((send) => {
      const [to, message] = list(send);
      return { to: number(to), message: snapshotOf(message) };
    }),
    logged: snapshotsOf(logged),
    recorded: list(recorded).map(recordedFrom),
    call: text(call),
  };
}

const kindFrom = (value: unknown): SlotKind =>
  value === 'init' || value === 'timers' || value === 'return' ? value : number(value);

export const stepToWire = ({ node, tick, kind, memory, messages }: StepRequest): Wire => [
  node,
  tick,
  kind,
  memory ? memoryToWire(memory) : null,
  texts(messages),
];

export function stepFrom(value: unknown): StepRequest {
  const [node, tick, kind, memory, messages] = list(value);
  return {
    node: number(node),
    tick: number(tick),
    kind: kindFrom(kind),
    memory: memory === null ? undefined : memoryFrom(list(memory)),
    messages: snapshotsOf(messages),
  };
}

const slotToWire = ({ node, tick, kind, messages, reached }: Slot): Wire => [
  node,
  tick,
  kind,
  texts(messages),
  reachedToWire(reached),
];

function slotFrom(value: unknown): Slot {
  const [node, tick, kind, messages, reached] = list(value);
  return {
    node: number(node),
    tick: number(tick),
    kind: kindFrom(kind),
    messages: snapshotsOf(messages),
    reached: reachedFrom(reached),
  };
}

export const finalToWire = ({ alive, state, log, failure, history }: Final): Wire => [
  alive,
  failure === undefined ? textOf(state) : null,
  log.map(textOf),
  failure ?? null,
  history.length === 0 ? null : textOf(history),
];

/** @param parse reads a text */
export function finalFrom(value: unknown, parse: (text: string) => unknown = parsePlain): Final {
  const [alive, state, log, failure, history] = list(value);
  return {
    alive: boolean(alive),
    state: state === null ? undefined : parse(text(state)),
    log: list(log).map((fact) => parse(text(fact))),
    history: history === null ? [] : (list(parse(text(history))) as Final['history']),
    failure: textOrNone(failure),
  };
}

const outcomeToWire = ({ kind, witnesses }: Outcome): Wire => [
  kind,
  witnesses.map((broken) => [isBrokenAt(broken) ? broken.tick : null, rowOf(broken)]),
];

function outcomeFrom(value: unknown): Outcome {
  const [kind, witnesses] = list(value);
  if (kind !== 'holds' && kind !== 'vacuous' && kind !== 'violated') return refuse();
  const found = list(witnesses).map((broken): Broken => {
    const [tick, items] = list(broken);
    const row = list(items).map((item) => (typeof item === 'number' ? item : text(item)));
    return tick === null ? row : { tick: number(tick), row };
  });
  return { kind, witnesses: found, readingsDiffer: false };
}

/** Probes come again and again: each is sent once, and is its number from then on. */
export class ProbeWriter {
  private readonly numbers = new Map<string, number>();

  write({ outcome, followed }: Judgement): Wire {
    return [
      outcomeToWire(outcome),
      followed
        ? [outcomeToWire(followed.outcome), followed.reads.map(({ probe, answer }) => [this.probe(probe), answer])]
        : null,
    ];
  }

  private probe(probe: Probe): Wire {
    const known = this.numbers.get(probe.id);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(probe.id, number);
    return [number, textOf(probe)];
  }
}

/** The other end of a `ProbeWriter`. */
export class ProbeReader {
  private readonly probes: Probe[] = [];

  read(value: unknown): Judgement {
    const [outcome, followed] = list(value);
    if (followed === null) return { outcome: outcomeFrom(outcome), followed: undefined };
    const [other, reads] = list(followed);
    return {
      outcome: outcomeFrom(outcome),
      followed: { outcome: outcomeFrom(other), reads: list(reads).map((one) => this.readFrom(one)) },
    };
  }

  private readFrom(value: unknown): Read {
    const [probe, answer] = list(value);
    if (typeof probe === 'number') return { probe: this.probes[probe] ?? refuse(), answer: text(answer) };
    const [at, words] = list(probe);
    const parsed = parsePlain(text(words)) as Probe;
    this.probes[number(at)] = parsed;
    return { probe: parsed, answer: text(answer) };
  }
}

/** @param nodes the protocol's, in order */
export const runToWire = (run: HostRun, nodes: readonly string[], probes: ProbeWriter): Wire => [
  run.messages.map(({ from, to, sent, message, at, lost, by }) => [
    nodes.indexOf(from),
    nodes.indexOf(to),
    sent,
    message.text,
    at,
    lost,
    by,
  ]),
  run.finals.map(finalToWire),
  run.slots.map(slotToWire),
  probes.write(run),
  run.ticks.map((tick) => [tick.finals.map(finalToWire), probes.write(tick)]),
];

export function runFrom(value: unknown, nodes: readonly string[], probes: ProbeReader): HostRun {
  const [messages, finals, slots, judgement, ticks] = list(value);
  const nodeAt = (item: unknown): string => nodes[number(item)] ?? refuse();
  const finalsFrom = (some: unknown): Final[] => {
    const found = list(some).map((final) => finalFrom(final));
    return found.length === nodes.length ? found : refuse();
  };
  const ends = finalsFrom(finals);
  return {
    messages: list(messages).map((message): Message => {
      const [from, to, sent, words, at, lost, by] = list(message);
      return {
        from: nodeAt(from),
        to: nodeAt(to),
        sent: number(sent),
        message: snapshotOf(words),
        at: list(at).map(number),
        lost: boolean(lost),
        by: by === 'init' || by === 'onTimer' || by === 'onMessage' || by === 'onRestart' ? by : refuse(),
      };
    }),
    finals: ends,
    slots: list(slots).map(slotFrom),
    ...probes.read(judgement),
    ticks: list(ticks).map((tick) => {
      const [world, said] = list(tick);
      return { finals: finalsFrom(world), ...probes.read(said) };
    }),
  };
}

/** An error on its way: what can be said of it, and where it was thrown. */
export interface WireError {
  /** 'LdfiError' for one of ours, also of another copy of this package. */
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly code: string | null;
  readonly problems: Wire;
  readonly requireStack: readonly string[];
  /** Of what it was thrown for. */
  readonly causeStack: string | null;
}

/** Never throws, whatever was thrown. */
export function errorToWire(error: unknown): WireError {
  const ask = (name: string): unknown => {
    try {
      return (error as Record<string, unknown> | null | undefined)?.[name];
    } catch {
      return undefined;
    }
  };
  const textAt = (name: string): string | undefined => {
    const value = ask(name);
    return typeof value === 'string' ? value : undefined;
  };
  const cause = ask('cause');
  const { causeStack } = { causeStack: cause === undefined ? null : errorToWire(cause).stack };
  const requireStack = ask('requireStack');
  return {
    name: textAt('name') ?? '',
    message: textAt('message') ?? inWords(error),
    stack: textAt('stack') ?? '',
    code: textAt('code') ?? null,
    problems: problemsToWire(ask('problems')),
    requireStack: Array.isArray(requireStack) ? requireStack.filter((it) => typeof it === 'string') : [],
    causeStack,
  };
}

function inWords(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'a value without a text';
  }
}

function problemsToWire(problems: unknown): Wire {
  if (!Array.isArray(problems)) return [];
  return (problems as Partial<Problem>[]).flatMap((it) =>
    typeof it?.message === 'string' && Array.isArray(it.path)
      ? [{ path: it.path, message: it.message, hint: it.hint ?? null }]
      : [],
  );
}

/** An error as it was, as far as that matters. */
export function errorFrom({ name, message, stack, code, problems, requireStack, causeStack }: WireError): Error {
  const found = (problems as readonly { path: Problem['path']; message: string; hint: string | null }[]).map(
    ({ path, message, hint }): Problem => ({ path, message, hint: hint ?? undefined }),
  );
  if (name === 'LdfiError' && code !== null) {
    const cause = causeStack === null ? undefined : Object.assign(new Error('cause'), { stack: causeStack });
    return Object.assign(new LdfiError(code as LdfiErrorCode, message, found, cause), { stack });
  }
  return Object.assign(new Error(message), { name, stack, ...(code !== null && { code }), requireStack });
}

/** @throws the error, if it is one */
export const isError = (value: unknown): value is { readonly error: WireError } =>
  typeof value === 'object' && value !== null && 'error' in value;

/** A list of which some may be errors. */
export function eachOrError<T>(value: unknown, from: (one: unknown) => T): (T | LdfiError)[] {
  return list(value).map((one) => {
    if (!isError(one)) return from(one);
    const error = errorFrom(one.error);
    invariant(error instanceof LdfiError, 'only complaints are answers');
    return error;
  });
}

export const eachToWire = <T>(items: readonly (T | LdfiError)[], to: (one: T) => Wire): Wire =>
  items.map((one) => (one instanceof LdfiError ? { error: errorToWire(one) as unknown as Wire } : to(one)));
