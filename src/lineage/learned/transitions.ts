/**
 * Learning transitions by trying them: a node made for the purpose is given a copy of σ and goes through one slot.
 *
 * Whether a node in the middle of a run does the same is another question, which the audit asks (`audit.ts`).
 */
import type { Call } from '../../protocol/call.js';
import { guarded } from '../../protocol/guards.js';
import { Node } from '../../protocol/node.js';
import type { AnyProtocol } from '../../protocol/types.js';
import { type Sigma, Table, TIMERS } from './table.js';

export class Transitions extends Table {
  /** By number, as far as they were needed: each tries one transition after the other. */
  private readonly made: Node[] = [];

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
    const reached = guarded(() => {
      const node = this.node(number);
      node.load(this.memory(sigma));
      if (slot === TIMERS) node.fire(tick);
      else node.receive(tick, this.nodes[slot - 1] ?? '', this.messagesOf(batch));
      return this.read(node, tick, this.parts(sigma), { sends: 0, logged: 0 });
    });
    this.record(number, sigma, slot, batch, reached);
    return reached;
  }

  private node(number: number): Node {
    this.made[number] ??= new Node(this.protocol, this.nodes[number] ?? '');
    const node = this.made[number];
    node.start(this.watch);
    return node;
  }
}
