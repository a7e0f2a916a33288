/**
 * The first message of a call, which helps to tell it from its like. It is read before the call is passed on, and passed
 * on with it.
 *
 * A message on the wire is a flag, its length in four bytes, and so many bytes (gRPC over HTTP/2, "Length-Prefixed
 * Message").
 */
import type { Readable } from 'node:stream';

/** Largest message that is looked at, in bytes. */
const LARGEST = 64 * 1024;
/** Milliseconds after which a caller that sends nothing is taken to wait for an answer first. */
const PATIENCE = 250;
const HEAD = 5;

/** What was read of a request. */
export interface Beginning {
  readonly read: Buffer;
  /** Whether there is no more of it. */
  readonly isWhole: boolean;
}

/** Reads until a message is complete, or there will be none. The rest stays to be read. */
export function beginningOf(request: Readable): Promise<Beginning> {
  return new Promise((resolve) => {
    let read = Buffer.alloc(0);
    const finish = (isWhole: boolean): void => {
      clearTimeout(timer);
      request.off('data', take).off('end', end).off('close', end);
      request.pause();
      resolve({ read, isWhole });
    };
    const end = (): void => finish(true);
    const take = (piece: Buffer): void => {
      read = Buffer.concat([read, piece]);
      if (read.length > LARGEST || hasMessage(read)) finish(false);
    };
    const timer = setTimeout(() => finish(false), PATIENCE);
    request.on('data', take).on('end', end).on('close', end);
  });
}

const hasMessage = (read: Buffer): boolean => read.length >= HEAD && read.length >= HEAD + read.readUInt32BE(1);
