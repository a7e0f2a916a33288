/**
 * The ledger of one experiment: which calls were made, in which order, during which other calls, and what became of
 * them.
 *
 * ```ts
 * const call = ledger.begin(request, parent);
 * call.fault; // 'status', or undefined
 * ```
 * Calls that cannot be told apart and are under way at once share a name, and so one fault: which of them is first is a
 * matter of luck. A call that is made while a fault holds up an equal one is another try of it, and is the second.
 */
import type { LiveFault } from '../../experiments/experiment.js';
import type { Request } from './identity.js';
import { type Naming, nameUnder } from './naming.js';

export interface Call extends Request {
  /** Its place in the order in which calls began, from 1. */
  readonly number: number;
  readonly id: string;
  /** Id of the call during which it was made; undefined for those that the edge of the system makes. */
  readonly parent: string | undefined;
  /** The kind of fault that is to hit it. */
  readonly fault: string | undefined;
  /** Whether the fault took effect. */
  fired: boolean;
  /** What the callee answered; 0 as long as it has not, or if it was never asked. */
  status: number;
  /** Milliseconds from the beginning of the experiment. */
  readonly from: number;
  /** Undefined as long as the call is under way. */
  to: number | undefined;
}

/** The number of ldfi's own request, which is in no ledger. */
export const EDGE = 0;
/** What a call hangs below if its headers told the experiment and not the call. */
const UNKNOWN = '?';

export class Ledger {
  readonly calls: Call[] = [];
  readonly problems = new Set<string>();
  private readonly numbers = new Map<string, number>();
  private readonly kinds: ReadonlyMap<string, string>;
  private readonly started: number;
  private waiting: (() => void)[] = [];
  private readonly farewells: (() => void)[] = [];

  /**
   * @param experiment its part of the tokens
   * @param trace trace id of 32 hexadecimal digits
   * @param now a clock in milliseconds
   */
  constructor(
    readonly experiment: string,
    readonly trace: string,
    faults: readonly LiveFault[],
    private readonly naming: Naming,
    private readonly now: () => number,
  ) {
    this.kinds = new Map(faults.map(({ call, kind }) => [call, kind]));
    this.started = now();
  }

  /** Milliseconds since it was begun. */
  get elapsed(): number {
    return this.now() - this.started;
  }

  /** Writes down that a call begins. @param parent number of a call; undefined if it is not known */
  begin(request: Request, parent: number | undefined): Call {
    const above = parent === EDGE ? undefined : (this.calls[(parent ?? 0) - 1]?.id ?? UNKNOWN);
    const name = nameUnder(this.naming, request, above);
    if (this.open.some((call) => nameOfId(call.id) === name && !this.isHeldUp(call))) this.naming.alike.add(name);
    const number = (this.numbers.get(name) ?? 0) + 1;
    this.numbers.set(name, number);
    const id = this.naming.alike.has(name) ? `${name} #*` : `${name} #${number}`;
    const call: Call = {
      ...request,
      number: this.calls.length + 1,
      id,
      parent: above,
      fault: this.kinds.get(id),
      fired: false,
      status: 0,
      from: this.elapsed,
      to: undefined,
    };
    this.calls.push(call);
    return call;
  }

  /** Whether a fault hits the call, or one that is made for it. */
  private isHeldUp({ id }: Call): boolean {
    return [...this.kinds.keys()].some((hit) => hit === id || hit.startsWith(`${id} > `));
  }

  end(call: Call): void {
    call.to ??= this.elapsed;
    if (this.open.length > 0) return;
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** Called when the experiment is over: what still waits need not any longer. */
  whenOver(act: () => void): void {
    this.farewells.push(act);
  }

  /** The answer is there: lets go of what hangs. */
  over(): void {
    for (const act of this.farewells.splice(0)) act();
  }

  /** Milliseconds since a call was last under way; 0 while one is. */
  get quiet(): number {
    if (this.open.length > 0) return 0;
    return this.elapsed - Math.max(0, ...this.calls.map(({ to = 0 }) => to));
  }

  /** Calls that are under way. */
  get open(): readonly Call[] {
    return this.calls.filter(({ to }) => to === undefined);
  }

  /** Called once, as soon as no call is under way. */
  whenIdle(wake: () => void): void {
    if (this.open.length === 0) wake();
    else this.waiting.push(wake);
  }
}

const nameOfId = (id: string): string => id.slice(0, id.lastIndexOf(' #'));
