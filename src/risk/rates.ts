/**
 * Rates: how probable each possible fault of a kind is, as in `omission=1e-3,crash=1e-5`. Faults happen independently
 * of each other; a rate is that of one fault, which is one slot, or one node and tick.
 */
import { LdfiError } from '../core/invariant.js';
import type { AnyFault } from '../faults/kind.js';
import { kinds } from '../faults/kinds.js';

/** By name of the kind, each from 0 to below 1. */
export type Rates = Readonly<Record<string, number>>;

/** What each kind says of itself. */
export const defaultRates = (): Rates => Object.fromEntries(kinds().map(({ kind, rate }) => [kind, rate]));

/**
 * Reads a list; kinds that are not in it keep their own rates.
 * @throws LdfiError 'bad-rates' that says what may be in the list
 */
export function parseRates(list: string): Rates {
  const rates: Record<string, number> = { ...defaultRates() };
  const named = new Set<string>();
  for (const item of list.split(',').map((part) => part.trim())) {
    const [name = '', text = ''] = item.split('=').map((part) => part.trim());
    const rate = Number(text);
    if (!Object.hasOwn(rates, name) || !/^[0-9.]+(e-?[0-9]+)?$/i.test(text) || !(rate >= 0 && rate < 1))
      throw new LdfiError(
        'bad-rates',
        `"${item}" is no rate: write ${Object.keys(rates)[0]}=1e-3, with a number from 0 to below 1; kinds are ${Object.keys(rates).join(', ')}`,
      );
    if (named.has(name)) throw new LdfiError('bad-rates', `the rate of ${name} is given twice`);
    named.add(name);
    rates[name] = rate;
  }
  return rates;
}

/** The rate of one fault. */
export const rateOf = (fault: AnyFault, rates: Rates): number => rates[fault.kind] ?? 0;

/** The probability that at least these faults happen, whatever the bounds admit. */
export const probabilityOf = (faults: readonly AnyFault[], rates: Rates): number =>
  faults.reduce((product, fault) => product * rateOf(fault, rates), 1);
