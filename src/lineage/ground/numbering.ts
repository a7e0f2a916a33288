/**
 * Which message of its slot a possible message is, where messages have fates of their own.
 *
 * Its number is one more than how many before it are sent, and which are sent depends on the faults. So the messages of
 * a slot are gone through in order, with a chain 'at least 1, 2, … of those so far are sent': number 2 is 'at least 1,
 * and not at least 2'. The last number stands for all that come after it, too.
 */
import { type Body, type Ground, type GroundLiteral, normalBody, positive } from './ground.js';

export interface Numbered {
  /** From 1. */
  readonly number: number;
  /** True where the message is sent and has this number. */
  readonly body: Body;
}

export class Numbering {
  /** By number: that at least so many are sent; true if it is certain, undefined if it is impossible. */
  private readonly atLeast: (GroundLiteral | true | undefined)[] = [true];

  /** @param most the last number */
  constructor(
    private readonly ground: Ground,
    private readonly most: number,
  ) {}

  /**
   * The next message of the slot.
   * @param bodies under which it is sent
   * @returns every number that it may have
   */
  next(bodies: readonly Body[]): Numbered[] {
    const sent = this.any(bodies);
    const found: Numbered[] = [];
    for (let number = 1; number <= this.most; number++) {
      const [before, more] = [this.atLeast[number - 1], number === this.most ? undefined : this.atLeast[number]];
      const body = more === true ? undefined : this.both(sent, before, more && -more);
      if (body) found.push({ number, body });
    }
    for (let count = this.most - 1; count >= 1; count--) {
      const [already, now] = [this.atLeast[count], this.both(sent, this.atLeast[count - 1])];
      if (already === true || !now) continue;
      this.atLeast[count] = this.any([...(already === undefined ? [] : [[already]]), now]);
    }
    return found;
  }

  /** A body of all that is not left out; `undefined` if it can never be true. */
  private both(sent: GroundLiteral | true, before: GroundLiteral | true | undefined, other?: GroundLiteral) {
    if (before === undefined) return undefined;
    const literals = [sent, before, other].filter((one) => one !== true && one !== undefined);
    return normalBody(literals, (atom) => this.ground.isCertain(atom));
  }

  /** 'One of these bodies is true' as a literal. */
  private any(bodies: readonly Body[]): GroundLiteral | true {
    if (bodies.some((body) => body.length === 0)) return true;
    const [first = [], ...others] = bodies;
    if (others.length === 0 && first.length === 1) return first[0] as GroundLiteral;
    const atom = this.ground.add({ kind: 'bodies', bodies: [] });
    for (const body of bodies) this.ground.addBody(atom, body);
    return positive(atom);
  }
}
