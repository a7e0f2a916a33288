/**
 * Learning transitions by trying them: a node made for the purpose is given a copy of σ and goes through one slot.
 *
 * Whether a node in the middle of a run does the same is another question, which the audit asks (`audit.ts`).
 */
import type { Call } from '../../protocol/call.js';
import { guarded } from '../../protocol/guards.js';
import { Node } from '../../protocol/node.js';
import type { AnyProtocol } from '../../protocol/types.js';
import { differs } from './hidden.js';
import { type Sigma, Table, TIMERS } from './table.js';

/** How often a transition is tried: what comes by chance is seldom the same every time. */
const ATTEMPTS = 3;

/** What a transition is about. */
export type Step = readonly [node: number, sigma: Sigma, slot: number, batch: number];

export class Transitions extends Table {
  /** Those that a run went through. */
  private readonly confirmed = new Set<number>();
  /** By number, as far as they were needed: each tries one transition after the other. */
  private readonly made: Node[] = [];
  private last: Call | undefined;

  /** @param watch told of every call before it is made */
  constructor(
    readonly protocol: AnyProtocol,
    private readonly watch?: (call: Call) => void,
  ) {
    super(protocol.nodes);
  }

  /** The σ after `init`. @throws LdfiError as handlers make it */
  initial(number: number): Sigma {
    this.initials[number] ??= guarded(() => {
      const node = this.node(number);
      node.init();
      return this.read(node, 1, { log: 0, out: 0 }, { sends: 0, logged: 0 });
    });
    return this.initials[number];
  }

  /** Learns a transition by trying it, unless it is known. @throws LdfiError as handlers make it */
  try(number: number, sigma: Sigma, slot: number, batch: number, tick: number): Sigma {
    const known = this.known(number, sigma, slot, batch);
    if (known !== undefined) return known;
    const reached = this.attempt(number, sigma, slot, batch, tick);
    for (let again = 1; again < ATTEMPTS; again++) {
      const other = this.attempt(number, sigma, slot, batch, tick);
      if (other !== reached && this.last)
        throw differs(this.last, this, reached, other, 'when it is repeated on a copy of the same state');
    }
    this.record(number, sigma, slot, batch, reached);
    return reached;
  }

  /** A run went through this and did as was learned. */
  confirm(...step: Step): void {
    this.confirmed.add(this.numberOf(...step));
  }

  isConfirmed(...step: Step): boolean {
    return this.confirmed.has(this.numberOf(...step));
  }

  private attempt(number: number, sigma: Sigma, slot: number, batch: number, tick: number): Sigma {
    return guarded(() => {
      const node = this.node(number);
      node.load(this.memory(sigma));
      if (slot === TIMERS) node.fire(tick);
      else node.receive(tick, this.nodes[slot - 1] ?? '', this.messagesOf(batch));
      return this.read(node, tick, this.parts(sigma), { sends: 0, logged: 0 });
    });
  }

  private node(number: number): Node {
    this.made[number] ??= new Node(this.protocol, this.nodes[number] ?? '');
    const node = this.made[number];
    node.start((call) => {
      this.last = call;
      this.watch?.(call);
    });
    return node;
  }
}
