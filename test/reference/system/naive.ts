/**
 * A naive driver of random systems: callbacks in lists, no promises, nothing of src/protocol. What it does is what the
 * comments of src/protocol/system/types.ts promise.
 */
import type { Bounds, Scenario } from '../../../src/faults/fault.js';
import { clockOf, type NaiveClock } from '../all-kinds.js';
import type { Draft, End, Part, Step } from './draft.js';

interface Timer {
  due: number;
  readonly number: number;
  readonly every: number;
  readonly call: () => void;
}

interface Machine {
  readonly id: string;
  readonly part: Part;
  readonly log: unknown[];
  stored: number;
  isDone: boolean;
  timers: Timer[];
  hears: boolean;
  waiting: Map<number, (value: number) => void>;
  requests: number;
  timerCount: number;
  /** When its tick begins, and now. */
  clock: number;
  now: number;
  failed: boolean;
  out: Letter[];
}

interface Letter {
  readonly to: string;
  readonly kind: 'message' | 'request' | 'answer';
  readonly id: number;
  readonly value: number;
}

type Posted = Letter & { readonly from: string; readonly sent: number; readonly at: readonly number[] };

export interface NaiveEnd {
  readonly ends: ReadonlyMap<string, End>;
  readonly failed: boolean;
}

export function naiveRun({ parts, tickMs }: Draft, { eot, perMessage }: Bounds, scenario: Scenario): NaiveEnd {
  const faults = clockOf(scenario, perMessage);
  const machines = Object.entries(parts).map(
    ([id, part]): Machine => ({
      ...{ id, part, log: [], stored: 0, isDone: false, timers: [], hears: false, waiting: new Map() },
      ...{ requests: 0, timerCount: 0, clock: 0, now: 0, failed: false, out: [] },
    }),
  );
  const posted: Posted[] = [];
  for (let tick = 1; tick <= eot; tick++)
    for (const machine of machines) {
      turn(machine, tick, tickMs, faults, posted);
      post(machine, tick, faults, posted);
    }
  return {
    ends: new Map(machines.map(({ id, log, stored }) => [id, { log, stored }])),
    failed: machines.some(({ failed }) => failed),
  };
}

function turn(machine: Machine, tick: number, tickMs: number, faults: NaiveClock, posted: readonly Posted[]): void {
  const { id } = machine;
  if (tick === 1) start(machine);
  if (faults.isDown(id, tick)) {
    machine.clock += tickMs;
    return;
  }
  if (tick > 1 && faults.isDown(id, tick - 1) && !machine.failed) {
    machine.timers = [];
    machine.waiting = new Map();
    start(machine);
  }
  machine.now = machine.clock;
  const inbox = posted
    .filter(({ to, at }) => to === id && at.includes(tick))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.sent - b.sent));
  const first = faults.first(id, tick);
  for (const letter of inbox) if (letter.from === first) receive(machine, letter);
  fire(machine, machine.clock);
  for (const letter of inbox) if (letter.from !== first) receive(machine, letter);
  if (faults.isSlow(id, tick)) return;
  fire(machine, machine.clock + tickMs - 1);
  machine.clock += tickMs;
}

function post(machine: Machine, sent: number, faults: NaiveClock, posted: Posted[]): void {
  const numbers = new Map<string, number>();
  for (const letter of machine.out) {
    const number = (numbers.get(letter.to) ?? 0) + 1;
    numbers.set(letter.to, number);
    posted.push({ ...letter, from: machine.id, sent, at: faults.arrivals(machine.id, letter.to, sent, number) });
  }
  machine.out = [];
}

function start(machine: Machine): void {
  const { part } = machine;
  machine.now = machine.clock;
  const { every } = part;
  if (every) {
    let left = every.times;
    const timer = later(
      machine,
      every.ms,
      () => {
        machine.out.push({ to: every.to, kind: 'message', id: 0, value: every.value });
        if (--left === 0) machine.timers = machine.timers.filter((other) => other !== timer);
      },
      every.ms,
    );
  }
  if (machine.isDone) machine.log.push('back');
  else perform(machine, part.main);
}

/** Takes steps until one has to wait, and goes on then. */
function perform(machine: Machine, steps: readonly Step[]): void {
  const [step, ...rest] = steps;
  if (!step) {
    machine.isDone = true;
    return;
  }
  const next = (): void => perform(machine, rest);
  if (step.do === 'wait') later(machine, step.ms, next);
  else if (step.do === 'ask') ask(machine, step, step.tries, next);
  else {
    if (step.do === 'send') machine.out.push({ to: step.to, kind: 'message', id: 0, value: step.value });
    if (step.do === 'log') machine.log.push(step.value);
    if (step.do === 'clock') machine.log.push(machine.now);
    next();
  }
}

function ask(machine: Machine, step: Step & { do: 'ask' }, tries: number, next: () => void): void {
  if (tries === 0) {
    if (step.strict) machine.failed = true;
    else next();
    return;
  }
  const id = ++machine.requests;
  machine.out.push({ to: step.to, kind: 'request', id, value: step.value });
  const timer = later(machine, step.timeout, () => {
    machine.waiting.delete(id);
    machine.log.push('late');
    ask(machine, step, tries - 1, next);
  });
  machine.waiting.set(id, (value) => {
    machine.waiting.delete(id);
    machine.timers = machine.timers.filter((other) => other !== timer);
    machine.log.push(['got', value]);
    next();
  });
}

function receive(machine: Machine, { from, kind, id, value }: Posted): void {
  if (machine.failed) return;
  if (kind === 'answer') {
    machine.waiting.get(id)?.(value);
    return;
  }
  const { wait, act: how, to } = machine.part.hears;
  const act = (): void => {
    if (how === 'log') machine.log.push([from, value]);
    if (how === 'store') machine.stored++;
    if (how === 'forward' && value < 20) machine.out.push({ to, kind: 'message', id: 0, value: value + 10 });
    if (kind === 'request') machine.out.push({ to: from, kind: 'answer', id, value: value * 2 });
  };
  if (wait > 0) later(machine, wait, act);
  else act();
}

function later(machine: Machine, ms: number, call: () => void, every = 0): Timer {
  const timer: Timer = { due: machine.now + ms, number: ++machine.timerCount, every, call };
  machine.timers.push(timer);
  return timer;
}

function fire(machine: Machine, until: number): void {
  for (;;) {
    const due = machine.timers.filter((timer) => timer.due <= until);
    const [timer] = due.sort((a, b) => a.due - b.due || a.number - b.number);
    if (!timer || machine.failed) break;
    machine.now = Math.max(machine.now, timer.due);
    if (timer.every > 0) timer.due += timer.every;
    else machine.timers = machine.timers.filter((other) => other !== timer);
    timer.call();
  }
  machine.now = Math.max(machine.now, until);
}
