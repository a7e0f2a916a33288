/**
 * Answers that a proxy gives itself.
 */
import type { ServerResponse } from 'node:http';

/** Answers with a status of our own; breaks the connection if something was answered already. */
export function refuse(response: ServerResponse, status: number, why: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(why) });
  response.end(why);
}
