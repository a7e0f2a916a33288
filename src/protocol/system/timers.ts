/**
 * The virtual timers of a node: `setTimeout`, `setInterval` and `setImmediate` over a clock that somebody else moves.
 *
 * Timers fire by time, then in the order in which they were set, as in Node; a delay that is no number from 1 on is 1.
 */

/** Longest delay that Node knows; a longer one is 1. */
const LONGEST = 2 ** 31 - 1;

/** What `setTimeout` and its like return, as far as code looks at it. */
export class VirtualTimer {
  /** Milliseconds of the node's clock; undefined once it will not fire. */
  due: number | undefined;
  private isHeld = true;

  constructor(
    private readonly timers: Timers,
    readonly number: number,
    private readonly call: () => void,
    private readonly delay: number,
    private readonly repeats: boolean,
  ) {
    this.due = timers.now + delay;
  }

  /** Fires: it is set anew, if it repeats, before it calls. */
  fire(): void {
    this.due = this.repeats ? (this.due ?? this.timers.now) + this.delay : undefined;
    if (!this.repeats) this.timers.clear(this);
    this.call();
  }

  ref(): this {
    this.isHeld = true;
    return this;
  }

  unref(): this {
    this.isHeld = false;
    return this;
  }

  hasRef(): boolean {
    return this.isHeld;
  }

  refresh(): this {
    this.due = this.timers.now + this.delay;
    this.timers.add(this);
    return this;
  }

  close(): this {
    this.timers.clear(this);
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this.number;
  }
}

export class Timers {
  /** Milliseconds of the node's clock. */
  now = 0;
  private readonly set = new Set<VirtualTimer>();
  private readonly soon: VirtualTimer[] = [];
  private count = 0;

  after(call: () => void, delay: unknown, repeats: boolean): VirtualTimer {
    const wanted = Number(delay);
    const timer = new VirtualTimer(
      this,
      ++this.count,
      call,
      wanted >= 1 && wanted <= LONGEST ? Math.trunc(wanted) : 1,
      repeats,
    );
    this.add(timer);
    return timer;
  }

  /** As `setImmediate`: when what runs now is over. */
  next(call: () => void): VirtualTimer {
    const timer = new VirtualTimer(this, ++this.count, call, 0, false);
    this.soon.push(timer);
    return timer;
  }

  add(timer: VirtualTimer): void {
    this.set.add(timer);
  }

  /** @param timer whatever code has kept of it: the object, or its number */
  clear(timer: unknown): void {
    const known = typeof timer === 'number' || typeof timer === 'string' ? this.numbered(Number(timer)) : timer;
    if (!(known instanceof VirtualTimer)) return;
    known.due = undefined;
    this.set.delete(known);
  }

  /** The first that is due up to a time, if there is one. */
  first(until: number): VirtualTimer | undefined {
    let found: VirtualTimer | undefined;
    for (const timer of this.set) {
      const { due } = timer;
      if (due === undefined || due > until) continue;
      if (!found || due < (found.due ?? 0) || (due === found.due && timer.number < found.number)) found = timer;
    }
    return found;
  }

  /** Takes what `setImmediate` was given so far. */
  takeSoon(): VirtualTimer[] {
    return this.soon.splice(0).filter(({ due }) => due !== undefined);
  }

  /** Milliseconds to go, by number: what a node's future depends on. */
  pending(): (readonly [name: string, left: number])[] {
    return [...this.set]
      .filter(({ due }) => due !== undefined)
      .sort((a, b) => a.number - b.number)
      .map(({ number, due }) => [`timer ${number}`, (due as number) - this.now] as const);
  }

  private numbered(number: number): VirtualTimer | undefined {
    for (const timer of this.set) if (timer.number === number) return timer;
    return undefined;
  }
}
