/**
 * Deepening: while large bounds are prepared, smaller ones are searched to the end.
 *
 * Preparing takes long before the first hypothesis; and the larger EFF is, the longer. So beside it the same question
 * is asked with EFF 1, 2, and so on, with as much work as the preparation has taken. What breaks there breaks within the
 * large bounds as well, and what is minimal there is minimal. A search that is stopped can say up to which EFF it is
 * exact, and one that looks for any counterexample need not wait for all of them (iterative deepening: Korf, 1985).
 */
import { LdfiError } from '../core/invariant.js';
import type { Lineage, LineageStep, Part, SystemRun } from '../lineage/port.js';
import type { SearchEvent } from './events.js';
import type { Session } from './session.js';
import type { StopReason } from './verdict.js';

/** What an event of a smaller search counts for as work. */
const EVENT_WORK = 1_000;

/** Searches within smaller bounds; returns what stopped it, if something did. */
export type SearchPart<R extends SystemRun> = (part: Part<R>) => AsyncGenerator<SearchEvent, StopReason | undefined>;

/** What a preparation has come to: lineage, or what stopped the search before. */
export type Prepared<R extends SystemRun> = { readonly lineage: Lineage<R> } | { readonly stopped: StopReason };

/**
 * Prepares lineage, and deepens beside it.
 * @param steps of the preparation
 * @throws LdfiError 'limit-…' of the preparation, when smaller bounds have come to their end or to a limit as well
 */
export async function* deepening<R extends SystemRun>(
  session: Session<R>,
  steps: AsyncGenerator<LineageStep, Lineage<R>>,
  searchPart: SearchPart<R>,
): AsyncGenerator<SearchEvent, Prepared<R>> {
  const levels = new Levels(session, searchPart);
  try {
    for (;;) {
      const step = await steps.next();
      if (step.done) return { lineage: step.value };
      yield { kind: 'ground', tick: step.value.tick };
      const stopped = yield* levels.advance(step.value.work);
      if (stopped) return { stopped };
    }
  } catch (error) {
    if (!(error instanceof LdfiError) || !error.code.startsWith('limit-')) throw error;
    const stopped = yield* levels.advance(Number.POSITIVE_INFINITY);
    if (stopped) return { stopped };
    throw error;
  } finally {
    await levels.close();
  }
}

/** Searches within smaller bounds, one after the other, that go on bit by bit. */
class Levels<R extends SystemRun> {
  private eff = 0;
  private work = 0;
  private level: AsyncGenerator<SearchEvent, StopReason | undefined> | undefined;

  constructor(
    private readonly session: Session<R>,
    private readonly searchPart: SearchPart<R>,
  ) {}

  /** Goes on until so much work is done in all; what stopped the search, if something did. */
  async *advance(work: number): AsyncGenerator<SearchEvent, StopReason | undefined> {
    const { within, large = Number.POSITIVE_INFINITY } = this.session.system;
    if (!within || work < large) return undefined;
    while (this.work < work) {
      this.level ??= this.next();
      if (!this.level) return undefined;
      const event = await this.level.next().catch(overLimit);
      this.work += event && !event.done && event.value.kind === 'deepen' ? event.value.work : EVENT_WORK;
      // Larger ones would come to it too.
      if (event === undefined) this.eff = Number.POSITIVE_INFINITY;
      else if (!event.done) {
        yield event.value;
        continue;
      } else if (event.value) return event.value;
      else this.session.exactUpTo = this.eff;
      this.level = undefined;
    }
    return undefined;
  }

  private next(): typeof this.level {
    const { bounds } = this.session.system.space;
    this.eff++;
    if (this.eff >= bounds.eff) return undefined;
    const part = this.session.system.within?.(this.eff);
    return part && this.searchPart(part);
  }

  async close(): Promise<void> {
    await this.level?.return(undefined);
  }
}

/** Nothing, where smaller bounds come to a limit. */
function overLimit(error: unknown): undefined {
  if (error instanceof LdfiError && error.code.startsWith('limit-')) return undefined;
  throw error;
}
