/**
 * Random applications that are not monotone: services that call each other with retries, fallbacks, timeouts, deadlines,
 * caches and conditions on what failed before, so that a fault can hide the call that another fault would have hit.
 *
 * Written apart from the engine: an application is interpreted here from its description, in virtual time.
 */
import { prng } from '../../src/core/prng.js';
import type { Experiment, LiveFault, LiveSystem } from '../../src/experiments/experiment.js';

/** `error`: refused at once. `slow`: done, and 10 later. `lost`: done, and no answer. */
const KINDS = ['error', 'slow', 'lost'];
const SLOW = 10;

type Step =
  /** Calls a service; fails its own service if it fails and is `needed`. */
  | { kind: 'call'; to: number; attempts: number; timeout: number; needed: boolean; instead?: Step }
  /** One step if an earlier call to a service failed, another one if not. */
  | { kind: 'if-failed'; service: number; yes?: Step; no?: Step }
  /** Only if it is not late. */
  | { kind: 'if-early'; limit: number; step: Step };

export interface Application {
  /** What each service does; it may call only those after it. The first is the edge. */
  readonly services: readonly (readonly Step[])[];
  /** Services whose good answers are kept for the rest of the request. */
  readonly cached: readonly number[];
  /** Time after which an answer is of no use. */
  readonly patience: number;
  readonly kinds: readonly string[];
}

export function randomApplication(seed: number): Application {
  const below = prng(seed);
  const count = 3 + below(4);
  const step = (service: number, depth: number): Step | undefined => {
    const later = count - service - 1;
    if (later <= 0) return undefined;
    const to = service + 1 + below(later);
    const dice = below(10);
    if (depth < 2 && dice < 2) {
      const [yes, no] = [step(service, depth + 1), below(2) === 0 ? step(service, depth + 1) : undefined];
      return { kind: 'if-failed', service: 1 + below(count - 1), ...(yes && { yes }), ...(no && { no }) };
    }
    const inner = depth < 2 && dice < 4 ? step(service, depth + 1) : undefined;
    if (inner && dice < 3) return { kind: 'if-early', limit: 4 + below(12), step: inner };
    return {
      kind: 'call',
      to,
      attempts: 1 + (below(3) === 0 ? 1 : 0),
      timeout: below(3) === 0 ? 6 : 1000,
      needed: below(3) > 0,
      ...(inner && { instead: inner }),
    };
  };
  const services = Array.from({ length: count }, (_, service) =>
    Array.from({ length: service === 0 ? 2 + below(2) : below(3) }, () => step(service, 0)).filter((it) => !!it),
  );
  return {
    services,
    cached: Array.from({ length: count }, (_, i) => i).filter(() => below(4) === 0),
    patience: below(2) === 0 ? 25 : 1000,
    kinds: KINDS.slice(0, 1 + below(3)),
  };
}

/** Most calls of one request; beyond that everything fails. */
const MOST_CALLS = 14;

/** What one request does under some faults. */
function request(application: Application, faults: readonly LiveFault[]): Experiment {
  const { services, cached, patience, kinds } = application;
  const calls: { id: string; parent: string | undefined; kinds: readonly string[] }[] = [];
  const fired: LiveFault[] = [];
  const numbers = new Map<string, number>();
  const failed = new Set<number>();
  const kept = new Set<number>();
  let now = 0;

  const run = (step: Step, self: string | undefined): boolean => {
    if (step.kind === 'if-early') return now > step.limit || run(step.step, self);
    if (step.kind === 'if-failed') {
      const next = failed.has(step.service) ? step.yes : step.no;
      return next === undefined || run(next, self);
    }
    const { to, attempts, timeout, needed, instead } = step;
    for (let attempt = 0; attempt < attempts; attempt++) if (call(to, timeout, self)) return true;
    failed.add(to);
    if (instead && run(instead, self)) return true;
    return !needed;
  };
  const serve = (service: number, self: string | undefined): boolean => {
    now += 1;
    return (services[service] ?? []).every((step) => run(step, self));
  };
  const call = (to: number, timeout: number, parent: string | undefined): boolean => {
    if (kept.has(to)) return true;
    const name = `${parent ?? ''}/${to}`;
    const number = (numbers.get(name) ?? 0) + 1;
    numbers.set(name, number);
    const id = `${name}#${number}`;
    if (calls.length >= MOST_CALLS) return false;
    calls.push({ id, parent, kinds });
    const fault = faults.find((one) => one.call === id);
    if (fault) fired.push(fault);
    if (fault?.kind === 'error') return false;
    const start = now;
    const good = serve(to, id);
    if (fault?.kind === 'slow') now += SLOW;
    if (fault?.kind === 'lost' || !good) return false;
    if (now - start > timeout) {
      now = start + timeout;
      return false;
    }
    if (cached.includes(to)) kept.add(to);
    return true;
  };

  const good = serve(0, undefined) && now <= patience;
  // What is slow is answered all the same, so what hangs below it still counts.
  const hit = (id: string): boolean =>
    fired.some(({ call, kind }) => id === call || (kind !== 'slow' && id.startsWith(`${call}/`)));
  return {
    faults,
    fired,
    calls,
    support: calls.filter(({ id }) => !hit(id)).map(({ id }) => id),
    outcome: good ? { kind: 'good' } : { kind: 'bad', why: ['no answer in time'] },
    problems: [],
  };
}

export const systemOf = (application: Application, parallel = 1): LiveSystem => ({
  parallel,
  run: async (faults) => request(application, faults),
});

/** All minimal bad sets of up to two faults, by trying every set of the faults that can be met. */
export function bruteForce(application: Application): string[] {
  const text = (set: readonly LiveFault[]): string =>
    set
      .map(({ call, kind }) => `${call} ${kind}`)
      .sort()
      .join(' + ');
  const faultsOf = ({ calls }: Experiment): LiveFault[] =>
    calls.flatMap(({ id, kinds }) => kinds.map((kind) => ({ call: id, kind })));
  const all = new Map(faultsOf(request(application, [])).map((fault) => [text([fault]), fault]));
  for (const fault of [...all.values()])
    for (const next of faultsOf(request(application, [fault]))) all.set(text([next]), next);
  const singles = [...all.values()];
  const isBad = (set: readonly LiveFault[]): boolean => request(application, set).outcome.kind === 'bad';
  const bad = singles.filter((fault) => isBad([fault]));
  const rest = singles.filter((fault) => !bad.includes(fault));
  const pairs = rest.flatMap((a, i) => rest.slice(i + 1).map((b) => [a, b]));
  const badPairs = pairs.filter(([a, b]) => a?.call !== b?.call).filter(isBad);
  return [...bad.map((fault) => [fault]), ...badPairs].map(text).sort();
}
