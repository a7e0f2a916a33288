/**
 * Answers that are not what the protocol says, found by schema: `n0 answers read with {…}: messages: expected array`.
 */
import type * as z from 'zod';
import { plainInWords } from '../../../report/plain.js';
import { contentOf } from '../message.js';
import type { Asked } from '../record.js';

/** The operations that were answered well, by type of request, whose answers are not of the schema of their type. */
export function malformed(history: readonly Asked[], schemas: Readonly<Record<string, z.ZodType>>): string[] {
  return history.flatMap(({ node, body, reply, status }) => {
    if (status !== 'ok' || !reply) return [];
    const schema = schemas[body.type];
    if (!schema) return [];
    const expected = `${body.type}_ok`;
    if (reply.type !== expected) return [`${node} answers ${body.type} with ${reply.type}, and not with ${expected}`];
    const parsed = schema.safeParse(reply);
    if (parsed.success) return [];
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    return [`${node} answers ${body.type} with ${plainInWords(contentOf(reply))}: ${where}: ${issue?.message ?? ''}`];
  });
}
