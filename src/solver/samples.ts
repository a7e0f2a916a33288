/**
 * Samples: assignments that are known to be possible, to answer most questions of possibility without a solver (random
 * simulation before SAT, as in SAT sweeping: Kuehlmann, Paruthi, Krohm, Ganai, 2002).
 *
 * Each model that a solver had to find is a sample, and so are 31 like it with some variables changed: what is possible
 * in one case is often so in its neighbours. Deterministic: the changes come from a fixed seed.
 */
import type { Circuit, Formula } from '../core/circuit.js';
import { prng } from '../core/prng.js';

/** The truth of formulas in one case. */
export type Truth = (formula: Formula) => boolean;

/** 32 assignments, a bit each. */
interface Word {
  /** Those in which what always holds does so. */
  readonly valid: number;
  readonly truth: (formula: Formula) => number;
}

/** Most words; beyond them the oldest gives way. */
const MOST = 32;

export class Samples {
  private readonly words: Word[] = [];
  private next = 0;
  private readonly below = prng(1);

  /**
   * @param always what is true whatever is asked
   * @param variables how many variables the circuit has
   */
  constructor(
    private readonly circuit: Circuit,
    private readonly always: Formula,
    private readonly variables: number,
  ) {}

  /** The truth of formulas in a sample in which all of these are true; undefined if there is none. */
  find(formulas: readonly Formula[]): Truth | undefined {
    for (const word of this.words) {
      const truth = inWord(word, formulas);
      if (truth) return truth;
    }
    return undefined;
  }

  /** The same among those that were added last. */
  findNew(formulas: readonly Formula[]): Truth | undefined {
    const word = this.words[(this.next + MOST - 1) % MOST];
    return word && inWord(word, formulas);
  }

  /** @param model truth of each variable by index */
  add(model: readonly boolean[]): void {
    const bits = new Int32Array(this.variables);
    for (let variable = 0; variable < bits.length; variable++)
      bits[variable] = (model[variable] ? -1 : 0) ^ this.changes(model[variable] === true);
    const truth = this.circuit.parallel((variable) => bits[variable] as number);
    this.words[this.next] = { valid: truth(this.always), truth };
    this.next = (this.next + 1) % MOST;
  }

  /**
   * In which of the 32 a variable is changed: never in the first. Rarely to true, which constraints are more likely to
   * forbid.
   */
  private changes(from: boolean): number {
    const rarity = from ? 8 : 8 + this.variables / 2;
    let changes = 0;
    for (let bit = 1; bit < 32; bit++) if (this.below(rarity) < 1) changes |= 1 << bit;
    return changes;
  }
}

function inWord({ valid, truth }: Word, formulas: readonly Formula[]): Truth | undefined {
  let all = valid;
  for (let i = 0; i < formulas.length && all !== 0; i++) all &= truth(formulas[i] as Formula);
  if (all === 0) return undefined;
  // The last of those that fit.
  const bit = 31 - Math.clz32(all);
  return (formula) => ((truth(formula) >>> bit) & 1) === 1;
}
