/**
 * Messages of nodes: one JSON object on a line, what is allowed in it, and the name of a message.
 *
 * ```ts
 * parseMessage('{"src":"n0","dest":"n1","body":{"type":"add","element":4,"msg_id":7}}');
 * familyOf(message); // 'n0 > n1 add'
 * nameOf(message); // 'n0 > n1 add 5c1e22b0'
 * ```
 * The name leaves out `msg_id` and `in_reply_to`, which count what happened before: the same message has the same name
 * in the next experiment, whatever else was sent. Equal names are numbered in the order in which they are sent
 * (`Namer`), so a retry is `#2` of what it repeats.
 */
import * as z from 'zod';
import { hashOf } from '../../core/hash.js';
import { plainKey } from '../../history/text.js';

/** Longest line of a program, in UTF-16 units. */
export const MOST_CHARACTERS = 1_000_000;

/** Deepest nesting of a body. */
const DEEPEST = 100;

const number = z.int().nullish();
const bodySchema = z.looseObject({ type: z.string().min(1).max(200), msg_id: number, in_reply_to: number });
const messageSchema = z.object({ src: z.string().min(1).max(200), dest: z.string().min(1).max(200), body: bodySchema });

export type Body = z.infer<typeof bodySchema>;
export type Message = z.infer<typeof messageSchema>;

/** A message, or what is wrong with a line in a few words. */
export function parseMessage(line: string): { readonly message: Message } | { readonly problem: string } {
  if (line.length > MOST_CHARACTERS) return { problem: `it is longer than ${MOST_CHARACTERS} characters` };
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return { problem: 'it is not JSON' };
  }
  if (isDeeper(data, DEEPEST)) return { problem: `it is nested more than ${DEEPEST} deep` };
  const parsed = messageSchema.safeParse(data);
  if (parsed.success) return { message: parsed.data };
  const issues = parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  return { problem: `it is no message {src, dest, body: {type, …}} (${issues.join('; ')})` };
}

const isDeeper = (value: unknown, most: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (most === 0 || Object.values(value).some((item) => isDeeper(item, most - 1)));

/** What is said in a body, without its type and its numbers. */
export function contentOf({ type: _type, msg_id: _id, in_reply_to: _to, ...content }: Body): Record<string, unknown> {
  return content;
}

/** Who says what kind of thing to whom. */
export const familyOf = ({ src, dest, body }: Message): string => `${src} > ${dest} ${body.type}`;

/** The family, and a digest of what is said if anything is. */
export function nameOf(message: Message): string {
  const content = contentOf(message.body);
  const digest = Object.keys(content).length === 0 ? '' : ` ${hashOf(plainKey(content)).slice(-8)}`;
  return `${familyOf(message)}${digest}`;
}

/** Names the messages of one experiment. */
export class Namer {
  private readonly counts = new Map<string, number>();

  /** @param grouped families whose messages share one name, `n0 > n1 gossip *`: what they say differs by chance */
  constructor(private readonly grouped: ReadonlySet<string> = new Set()) {}

  idOf(message: Message): string {
    const family = familyOf(message);
    if (this.grouped.has(family)) return groupId(family);
    const name = nameOf(message);
    const count = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, count);
    return `${name} #${count}`;
  }
}

/** The one id of all messages of a family. */
export const groupId = (family: string): string => `${family} *`;
