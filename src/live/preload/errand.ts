/**
 * Asks `ldfi` about one query. Where it cannot be asked, or ends meanwhile, the query is left alone.
 */
import { connect, type Socket } from 'node:net';
import { type Act, LONGEST, type Question, type Report } from './question.js';

/** Where to ask. */
export interface DeskAddress {
  readonly host: string;
  readonly port: number;
}

/** @param text such as `127.0.0.1:14000`. @returns undefined if it is no address */
export function deskAddressOf(text: string): DeskAddress | undefined {
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(text.trim()) ?? [];
  if (host === undefined || !(Number(port) >= 1 && Number(port) <= 65_535)) return undefined;
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

export class Errand {
  private readonly socket: Socket;
  private readonly acts: Act[] = [];
  private wake: (() => void) | undefined;
  private text = '';
  private isOver = false;

  constructor(desk: DeskAddress) {
    this.socket = connect(desk).setNoDelay().setEncoding('utf8');
    this.socket.on('data', (piece: string) => this.read(piece));
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => this.end());
  }

  /** What to do with a query; 'pass' where nobody answers. */
  before(question: Question): Promise<Act> {
    return this.say(question, 'pass');
  }

  /** What to do with its answer; 'give' where nobody answers. */
  after(report: Report): Promise<Act> {
    return this.say(report, 'give');
  }

  end(): void {
    this.isOver = true;
    this.socket.destroy();
    this.wake?.();
  }

  private async say(line: Question | Report, otherwise: Act): Promise<Act> {
    if (!this.isOver) this.socket.write(`${JSON.stringify(line)}\n`);
    while (this.acts.length === 0 && !this.isOver)
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    return this.acts.shift() ?? otherwise;
  }

  private read(piece: string): void {
    this.text += piece;
    const lines = this.text.split('\n');
    this.text = lines.pop() ?? '';
    try {
      for (const line of lines) this.acts.push((JSON.parse(line) as { act: Act }).act);
    } catch {
      this.end();
    }
    if (this.text.length > LONGEST) this.end();
    this.wake?.();
  }
}
