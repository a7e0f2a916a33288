/**
 * The story of a broken promise as a sentence: `b never has log hello, because what a sends to b at tick 1 is lost`.
 */
import type { Fault } from '../faults/fault.js';
import type { Cause, Story } from './provenance/story/story.js';
import { clausesOf, listOfTicks } from './words.js';

/** A piece of the sentence, and what it tells of. */
export interface Piece {
  readonly text: string;
  readonly is: 'claim' | 'cause' | 'fault' | 'joint';
}

/** Most causes, and most faults of one, that are told. */
const MOST = { causes: 3, faults: 6 } as const;

const joint = (text: string): Piece => ({ text, is: 'joint' });

/** The sentence in pieces, without the full stop. */
export function storyPieces({ claim, causes, others }: Story): Piece[] {
  const head: Piece[] = [{ text: claim.words, is: 'claim' }];
  if (causes.length + others.length === 0) return [...head, joint(', even without any fault')];
  const [direct, steps] = [causes.filter(({ clause }) => !clause), causes.filter(({ clause }) => clause)];
  const shown = steps.slice(0, MOST.causes);
  const rest = [...direct, ...steps.slice(MOST.causes)].flatMap(({ faults }) => faults);
  const told = shown.flatMap((cause, i) => [
    joint(i > 0 ? '; ' : claim.words.includes(': ') ? ' – ' : ': '),
    ...causePieces(cause),
  ]);
  const because =
    rest.length > 0 ? [joint(told.length > 0 ? ', and because ' : ', because '), ...faultPieces(rest)] : [];
  const besides =
    others.length > 0 ? [joint(causes.length > 0 ? '; besides, ' : ', when '), ...faultPieces(others)] : [];
  return [...head, ...told, ...because, ...besides];
}

/** The sentence, without the full stop. */
export const storyInWords = (story: Story): string =>
  storyPieces(story)
    .map(({ text }) => text)
    .join('');

const causePieces = ({ clause, faults }: Cause): Piece[] => [
  { text: `${clause?.words ?? ''}${clause?.ticks ? ` at ${listOfTicks(clause.ticks)}` : ''}`, is: 'cause' },
  joint(', because '),
  ...faultPieces(faults),
];

/** Faults of one tick together. */
function faultPieces(faults: readonly Fault[]): Piece[] {
  const clauses = clausesOf(faults);
  const named = clauses.slice(0, MOST.faults);
  const more = clauses.length - named.length;
  const all = more > 0 ? [...named, `${more} more`] : named;
  return all.flatMap((text, i): Piece[] => [
    ...(i === 0 ? [] : [joint(i === all.length - 1 ? ' and ' : ', ')]),
    { text, is: 'fault' },
  ]);
}
