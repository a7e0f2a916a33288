/**
 * The desk at which calls are told to which experiment they belong.
 *
 * By the token in their headers; by the trace where a service passes that on alone; with `exclusive`, where only one
 * experiment runs at a time, by being there at all. A call of no experiment that comes while experiments run is a
 * problem of all of them; one that comes later than its experiment is written down as late. Without experiments the
 * desk knows nobody, and nothing is done to any call.
 */
import type { Ledger } from './ledger.js';
import { type Headers, originOf, partsOf } from './trace.js';

/** Experiments that have ended of which late calls are known. */
const REMEMBERED = 256;

export interface Attribution {
  readonly ledger: Ledger;
  /** Number of the call during which this one is made; undefined if it is not known. */
  readonly parent: number | undefined;
}

export class Desk {
  /** Calls that came after their experiment had ended. */
  late = 0;
  /** Calls that came while experiments ran and belong to none. */
  strangers = 0;
  private readonly running = new Map<string, Ledger>();
  private readonly ended: string[] = [];

  constructor(private readonly exclusive: boolean) {}

  open(ledger: Ledger): void {
    this.running.set(ledger.experiment, ledger);
  }

  close(ledger: Ledger): void {
    this.running.delete(ledger.experiment);
    this.ended.push(ledger.experiment);
    if (this.ended.length > REMEMBERED) this.ended.shift();
  }

  /** No call belongs to any experiment from now on. */
  disarm(): void {
    for (const ledger of [...this.running.values()]) this.close(ledger);
  }

  /** @param what the call in words, for the problem that it is if it belongs to none */
  attribute(headers: Headers, what: string): Attribution | undefined {
    const { token, trace } = originOf(headers);
    if (token !== undefined) {
      const { experiment, call } = partsOf(token);
      const ledger = this.running.get(experiment);
      if (ledger) return { ledger, parent: call };
      if (this.ended.includes(experiment)) {
        this.late++;
        return undefined;
      }
    }
    const ledgers = [...this.running.values()];
    const same = ledgers.find((ledger) => ledger.trace === trace);
    if (same) return { ledger: same, parent: undefined };
    const [only] = ledgers;
    if (only && this.exclusive) return { ledger: only, parent: undefined };
    if (only) this.strangers++;
    for (const ledger of ledgers)
      ledger.problems.add(`${what} belongs to no experiment: it came without trace headers`);
    return undefined;
  }
}
