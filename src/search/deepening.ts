/**
 * Deepening: while a large question is worked on, smaller ones are answered.
 *
 * Preparing takes long before the first hypothesis; and the larger EFF is, and the more faults may be together, the
 * longer. So beside it the same question is asked with a cost of 1, 2 and so on, and with EFF 1, 2 and so on: each with
 * as much work as the other, and both with as much as the large one has taken. What breaks there breaks within the
 * large bounds as well, and what is minimal there is minimal. A search that is stopped can say how far it is exact, and
 * one that looks for any counterexample need not wait for all of them (iterative deepening: Korf, 1985).
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

/** How far smaller bounds may be ahead in work: some are soon done with. */
const AHEAD = 2_000;

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
  /** What its lineage goes by. */
  readonly basis: string | undefined;
}

/** Searches within smaller bounds, which go on bit by bit. */
class Levels<R extends SystemRun> {
  private readonly ladders: readonly Ladder<R>[];

  constructor(
    private readonly session: Session<R>,
    searchPart: (part: Part<R>) => Searching,
  ) {
    const { bounds, faults } = session.system.space;
    const cost = totalCost(faults, bounds);
    const most = { eff: bounds.eff, maxCost: Math.min(cost, bounds.maxCost ?? cost) };
    // The largest bounds are those of the large question.
    const highest = Math.max(most.eff, most.maxCost) - 1;
    this.ladders = (['maxCost', 'eff'] as const).map(
      (name) => new Ladder(session, searchPart, name, Math.min(highest, most[name] - 1)),
    );
  }

  /** Goes on as far as the work of the large question allows; what stopped the search, if something did. */
  async *advance(work: number): Searching {
    const { within, large = Number.POSITIVE_INFINITY } = this.session.system;
    if (!within || work < large) return undefined;
    for (;;) {
      const left = this.ladders.filter(({ isAtEnd }) => !isAtEnd);
      const done = this.ladders.reduce((sum, ladder) => sum + ladder.work, 0);
      if (left.length === 0 || done >= work + AHEAD) return undefined;
      const stopped = yield* left.reduce((one, other) => (other.work < one.work ? other : one)).advance();
      if (stopped) return stopped;
    }
  }

  async close(): Promise<void> {
    for (const ladder of this.ladders) await ladder.close();
  }
}

/** Searches within bounds of which one grows. */
class Ladder<R extends SystemRun> {
  work = 0;
  isAtEnd = false;
  private reached = 0;
  private level: Level | undefined;

  constructor(
    private readonly session: Session<R>,
    private readonly searchPart: (part: Part<R>) => Searching,
    private readonly name: keyof Smaller,
    private readonly most: number,
  ) {}

  /** A bit further: what stopped the search, if something did. */
  async *advance(): Searching {
    const { basis } = this.session.system;
    if (this.level?.basis !== basis) await this.close();
    this.level ??= yield* this.next();
    if (!this.level) return undefined;
    const { within, events, meter } = this.level;
    const before = meter.work;
    let event = await events.next().catch(overLimit);
    for (; event && !event.done; event = await events.next().catch(overLimit)) {
      meter.add(event.value);
      if (event.value.kind !== 'ground') yield event.value;
      if (!isUnderWay(event.value)) break;
    }
    this.work += Math.max(1, meter.work - before);
    if (event && !event.done) return undefined;
    this.level = undefined;
    // Larger ones come to the limit as well.
    if (!event) this.isAtEnd = true;
    else if (event.value) return event.value;
    else if (basis === this.session.system.basis) this.work += yield* this.exhausted(within);
    return undefined;
  }

  /** All is found within these bounds, once that is audited; what that took as work. */
  private async *exhausted(within: Smaller): AsyncGenerator<SearchEvent, number> {
    this.session.prove(exactWithin(within, this.session.system.space.bounds));
    const work = yield* this.session.audit();
    const { exact } = this.session;
    if (exact) yield { kind: 'exact', exact };
    return work;
  }

  private *next(): Generator<SearchEvent, Level | undefined> {
    const { system } = this.session;
    while (this.reached < this.most) {
      const within = { [this.name]: ++this.reached };
      const part = system.within?.(within);
      if (!part) continue;
      yield { kind: 'deepen', within };
      return { within, events: this.searchPart(part), meter: new Meter(), basis: system.basis };
    }
    this.isAtEnd = true;
    return undefined;
  }

  async close(): Promise<void> {
    await this.level?.events.return(undefined);
    this.level = undefined;
  }
}

/** Where every fault costs 1, what they cost is how many they are. */
const exactWithin = ({ eff, maxCost: cost }: Smaller, { costs }: Bounds): Exact => ({
  ...(eff !== undefined && { eff }),
  ...(cost !== undefined && (costs ? { cost } : { faults: cost })),
});

/** Whether a scenario is being tried: another search that finds the same one must not come in between. */
const isUnderWay = (event: SearchEvent): boolean =>
  event.kind === 'hypothesis' || (event.kind === 'run' && event.outcome.kind === 'violated');

const isLimit = (error: unknown): boolean => error instanceof LdfiError && error.code.startsWith('limit-');

/** Nothing, where smaller bounds come to a limit. */
function overLimit(error: unknown): undefined {
  if (isLimit(error)) return undefined;
  throw error;
}
