/**
 * What the nodes in JavaScript share: messages on standard input and output, answers, requests to others.
 */
import { createInterface } from 'node:readline';

export class Node {
  id = '';
  ids = [];
  #next = 0;
  #handlers = new Map();
  #waiting = new Map();

  on(type, handler) {
    this.#handlers.set(type, handler);
  }

  get others() {
    return this.ids.filter((id) => id !== this.id);
  }

  send(dest, body) {
    process.stdout.write(`${JSON.stringify({ src: this.id, dest, body })}\n`);
  }

  reply({ src, body }, answer) {
    this.send(src, { ...answer, in_reply_to: body.msg_id });
  }

  /** Resolves with the body of the answer, or undefined if there is none in time. */
  request(dest, body, milliseconds) {
    const number = ++this.#next;
    this.send(dest, { ...body, msg_id: number });
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#waiting.set(number, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  run() {
    this.on('init', (message) => {
      this.id = message.body.node_id;
      this.ids = message.body.node_ids;
      this.reply(message, { type: 'init_ok' });
    });
    createInterface({ input: process.stdin }).on('line', (line) => {
      const message = JSON.parse(line);
      const waiting = this.#waiting.get(message.body.in_reply_to);
      if (waiting) {
        this.#waiting.delete(message.body.in_reply_to);
        waiting(message.body);
      } else this.#handlers.get(message.body.type)?.(message);
    });
  }
}
