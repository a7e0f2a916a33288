/**
 * What a pool is to do, on its way to its answer. What is said of it on stderr is kept until somebody listens.
 */
import { stripVTControlCharacters } from 'node:util';
import { complain, complainOnce } from '../io/terminal.js';
import type { FromSearcher, Task } from './messages.js';

/** What comes of it; or why nothing does: a reason in words, or none if it was not reached. */
export type Ended<T> = { readonly came: T } | { readonly reason: string | undefined };

export class Errand<T = unknown> {
  private readonly ended: Promise<Ended<T>>;
  private settle: (ended: Ended<T>) => void = () => undefined;
  private said: string[] | undefined = [];

  /**
   * @param task what the process is told
   * @param key of the files that it is about: who has read them need not read them again
   * @param weight how long it may take, as compared with others
   */
  constructor(
    readonly task: Task,
    readonly key: string,
    readonly weight: number,
  ) {
    this.ended = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  /** It is its turn: says what has been said, and from now on says it at once. */
  async listen(): Promise<Ended<T>> {
    for (const text of this.said ?? []) say(text);
    this.said = undefined;
    return this.ended;
  }

  /** The same for somebody else, who will say what is to be said. */
  async quietly(): Promise<{ readonly ended: Ended<T>; readonly said: readonly string[] }> {
    const ended = await this.ended;
    return { ended, said: this.said ?? [] };
  }

  hear(message: FromSearcher): void {
    if (message.kind === 'said') {
      if (this.said) this.said.push(message.text);
      else say(message.text);
    } else if (message.kind === 'progress') {
      if (!this.said) complain(message.text);
    } else if (message.kind === 'failed') this.end(message.reason);
    else this.settle({ came: message.came as T });
  }

  /** @param reason why nothing comes of it; undefined: it was not reached */
  end(reason: string | undefined): void {
    this.settle({ reason });
  }
}

/** An error of a handler is said by each process that meets it. */
const say = (text: string): void =>
  stripVTControlCharacters(text).startsWith('error[') ? complainOnce(text) : complain(text);
