/**
 * Small bodies, which help to tell a call from its like.
 */
import type { IncomingMessage } from 'node:http';

/** Largest body that is looked at, in bytes. */
const LARGEST = 64 * 1024;

/**
 * The whole body of a request; undefined, and nothing is read, if it is large or of unknown length.
 * @throws if the connection breaks
 */
export async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (request.headers['transfer-encoding'] !== undefined) return undefined;
  const length = Number(request.headers['content-length'] ?? 0);
  if (!(length <= LARGEST)) return undefined;
  if (length === 0) return Buffer.alloc(0);
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
