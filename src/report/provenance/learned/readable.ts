/**
 * States and messages as people write them: values as elsewhere in reports, messages by the tag that most of them
 * carry: `ack { of: 1 }`.
 */
import { isBytes } from '../../../core/bytes.js';
import { isIdentifier, isWord } from '../../../core/names.js';
import { plainInWords } from '../../plain.js';

/** Longest text of one value. */
const LONGEST = 160;

/** Longest tag. */
const LONGEST_TAG = 40;

/** Properties that say what kind of message it is. */
const TAGS = ['kind', 'type', 'tag'] as const;

/** A value as text; a long one is cut. */
export const readable = (value: unknown): string => plainInWords(value, LONGEST);

/** A message: its tag, if it has one, then the rest. */
export function readableMessage(message: unknown): string {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return readable(message);
  if (message instanceof Map || message instanceof Set || isBytes(message)) return readable(message);
  const tag = TAGS.find((name) => Object.hasOwn(message, name));
  const name: unknown = tag && (message as Record<string, unknown>)[tag];
  if (tag === undefined || typeof name !== 'string' || !isWord(name) || name.length > LONGEST_TAG)
    return readable(message);
  const rest = Object.entries(message).filter(([key]) => key !== tag);
  return rest.length === 0 ? name : `${name} ${readable(Object.fromEntries(rest))}`;
}

/** A step down into a value, as in code. */
export const stepInCode = (key: string): string => (isIdentifier(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
