/**
 * Deepening: while a large question is worked on, smaller ones are answered.
 *
 * Preparing takes long before the first hypothesis; and the larger EFF is, and the more faults may be together, the
 * longer. So beside it the same question is asked with a cost of 1 and with EFF 1, with a cost of 2 and with EFF 2, and
 * so on, with as much work as the large one has taken. What breaks there breaks within the large bounds as well, and
 * what is minimal there is minimal. A search that is stopped can say how far it is exact, and one that looks for any
 * counterexample need not wait for all of them (iterative deepening: Korf, 1985).
 *
 * A smaller EOT is no such part: what is broken at the end of a shorter run may be mended by that of a longer one.
 */
import { LdfiError } from '../core/invariant.js';
import type { Bounds } from '../faults/fault.js';
import { totalCost } from '../faults/kinds.js';
import type { Part, Smaller, SystemRun } from '../lineage/port.js';
import type { SearchEvent } from './events.js';
import type { Session } from './session.js';
import type { Exact, StopReason } from './verdict.js';

/** What an event that says nothing of it counts for as work. */
const EVENT_WORK = 200;

/** The events of a search, and what stopped it, if something did. */
export type Searching = AsyncGenerator<SearchEvent, StopReason | undefined>;

/**
 * Passes a search on, and deepens beside all that it prepares.
 * @param searchPart searches within smaller bounds
 * @throws LdfiError 'limit-…' of the search, when smaller bounds have come to their end or to a limit as well
 */
export async function* deepening<R extends SystemRun>(
  session: Session<R>,
  whole: Searching,
  searchPart: (part: Part<R>) => Searching,
): Searching {
  const levels = new Levels(session, searchPart);
  const meter = new Meter();
  try {
    for (;;) {
      const event = await whole.next();
      if (event.done) return event.value;
      yield event.value;
      if (event.value.kind !== 'ground') continue;
      meter.add(event.value);
      const stopped = yield* levels.advance(meter.work);
      if (stopped) return stopped;
    }
  } catch (error) {
    if (!isLimit(error)) throw error;
    const stopped = yield* levels.advance(Number.POSITIVE_INFINITY);
    if (stopped) return stopped;
    throw error;
  } finally {
    await levels.close();
    await whole.return(undefined);
  }
}

/** Work as events tell of it. What comes after another begins to count anew. */
class Meter {
  work = 0;
  private before = 0;

  add(event: SearchEvent): void {
    if (event.kind !== 'ground') {
      this.work += EVENT_WORK;
      return;
    }
    this.work += Math.max(0, event.work - this.before);
    this.before = event.work;
  }
}

/** A question within smaller bounds, under way. */
interface Level {
  readonly within: Smaller;
  readonly events: Searching;
  readonly meter: Meter;
}

/** Searches within smaller bounds, one after the other, that go on bit by bit. */
class Levels<R extends SystemRun> {
  private work = 0;
  private level: Level | undefined;
  private readonly larger: Iterator<Smaller>;
  /** Bounds that are not made larger any more, since larger ones come to a limit. */
  private readonly limited = new Set<string>();

  constructor(
    private readonly session: Session<R>,
    private readonly searchPart: (part: Part<R>) => Searching,
  ) {
    const { bounds, faults } = session.system.space;
    this.larger = smaller(bounds, totalCost(faults, bounds));
  }

  /** Goes on as far as the work of the large question allows; what stopped the search, if something did. */
  async *advance(work: number): Searching {
    const { within, large = Number.POSITIVE_INFINITY } = this.session.system;
    if (!within || work < large) return undefined;
    // The next step of the large question may take longer than all before it.
    while (this.work < work + large) {
      if (!this.level) {
        this.level = this.next();
        if (!this.level) return undefined;
        yield { kind: 'deepen', within: this.level.within };
      }
      const { within, events, meter } = this.level;
      const before = meter.work;
      const event = await events.next().catch(overLimit);
      if (event && !event.done) {
        meter.add(event.value);
        if (event.value.kind !== 'ground') yield event.value;
      } else if (event?.value) return event.value;
      else {
        this.level = undefined;
        if (event) this.work += yield* this.exhausted(within);
        else for (const name of Object.keys(within)) this.limited.add(name);
      }
      this.work += Math.max(1, meter.work - before);
    }
    return undefined;
  }

  /** All is found within these bounds, once that is audited; what that took as work. */
  private async *exhausted(within: Smaller): AsyncGenerator<SearchEvent, number> {
    this.session.prove(exactWithin(within, this.session.system.space.bounds));
    return yield* this.session.audit();
  }

  private next(): Level | undefined {
    const { system } = this.session;
    for (let next = this.larger.next(); !next.done; next = this.larger.next()) {
      const within = next.value;
      const isLimited = Object.keys(within).some((name) => this.limited.has(name));
      const part = isLimited ? undefined : system.within?.(within);
      if (part) return { within, events: this.searchPart(part), meter: new Meter() };
    }
    return undefined;
  }

  async close(): Promise<void> {
    await this.level?.events.return(undefined);
  }
}

/** Smaller bounds, one larger than the other. @param cost of all faults together */
function* smaller({ eff, maxCost }: Bounds, cost: number): Generator<Smaller> {
  const most = Math.min(cost, maxCost ?? cost);
  for (let n = 1; n < Math.max(eff, most); n++) {
    if (n < most) yield { maxCost: n };
    if (n < eff) yield { eff: n };
  }
}

/** Where every fault costs 1, what they cost is how many they are. */
const exactWithin = ({ eff, maxCost: cost }: Smaller, { costs }: Bounds): Exact => ({
  ...(eff !== undefined && { eff }),
  ...(cost !== undefined && (costs ? { cost } : { faults: cost })),
});

const isLimit = (error: unknown): boolean => error instanceof LdfiError && error.code.startsWith('limit-');

/** Nothing, where smaller bounds come to a limit. */
function overLimit(error: unknown): undefined {
  if (isLimit(error)) return undefined;
  throw error;
}
