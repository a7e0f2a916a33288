/**
 * Which kinds of faults there are to be, as a list: `omission,crash,delay:2` has delays of up to two ticks beside the
 * usual kinds; a kind that is not named is left out.
 */
import { LdfiError } from '../core/invariant.js';
import type { KindBounds } from './fault.js';
import { kinds } from './kinds.js';

/** What a list says of the bounds. */
export interface Selection {
  /** Whatever else is said of them. */
  readonly fixed: Partial<KindBounds>;
  /** Where nobody says otherwise. */
  readonly usual: Partial<KindBounds>;
}

/** A list as it is written; or its items. */
export type FaultList = string | readonly string[];

/** @throws LdfiError 'bad-bounds' that says what may be in the list */
export function selectFaults(list: FaultList): Selection {
  const items = (typeof list === 'string' ? list.split(',') : list).map((item) => item.trim());
  const named = new Map(items.map((item) => [item.split(':')[0] ?? '', item]));
  const known = kinds().map(({ kind }) => kind as string);
  const strange = items.find((item) => {
    const [name = '', strength] = item.split(':');
    return !known.includes(name) || (item.includes(':') && !/^[0-9]{1,4}$/.test(strength ?? ''));
  });
  if (strange !== undefined || named.size < items.length)
    throw new LdfiError(
      'bad-bounds',
      strange === undefined
        ? `a kind of fault is named twice in "${items.join(',')}"`
        : `"${strange}" is no kind of fault; there are ${known.join(', ')}, and numbers as in delay:2`,
    );
  const fixed: Partial<KindBounds> = {};
  const usual: Partial<KindBounds> = {};
  for (const { kind, chosen } of kinds()) {
    const item = named.get(kind);
    const strength = item?.split(':')[1];
    if (item === undefined) Object.assign(fixed, chosen.out);
    else if (strength !== undefined) Object.assign(fixed, chosen.in(Number(strength)));
    else Object.assign(usual, chosen.in());
  }
  return { fixed, usual };
}
