/**
 * The nodes of one experiment: their processes, from `init` to the end, over crashes and restarts.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { visible, visibleLines } from '../../core/text.js';
import { SETUP_CLIENT } from './clients.js';
import type { Body, Message } from './message.js';
import { NodeProcess } from './node-process.js';

/** Lines of standard error that are quoted when a program has failed. */
const MOST_LINES = 8;

export interface NodesOptions {
  readonly command: readonly string[];
  readonly cwd: string | undefined;
  readonly nodes: readonly string[];
  readonly signal: AbortSignal | undefined;
  /** Milliseconds in which a program has to answer `init`. */
  readonly startMs: number;
  /** What a node is told after `init`, if anything. */
  setup(node: string): Body | undefined;
  /** A node has written a line. */
  line(node: string, text: string): void;
  /** A program has failed, in a sentence. */
  misconduct(words: string): void;
}

type State = 'up' | 'down' | 'starting';

interface Life {
  process: NodeProcess;
  /** Undefined if it never is. */
  upFrom: number | undefined;
  isReady: boolean;
}

export class Nodes {
  private readonly lives = new Map<string, Life>();
  /** What their earlier lives wrote to standard error. */
  private readonly past = new Map<string, string>();
  private readonly waiting = new Map<string, { readonly number: number; readonly take: (body: Body) => void }>();
  /** Restarts and kills that are under way. */
  private readonly pending = new Set<Promise<unknown>>();
  private folder: string | undefined;
  private tick = 0;
  private isOver = false;

  constructor(private readonly options: NodesOptions) {}

  /** Starts all, and has each answer `init` and the setup. @throws the signal's reason */
  async startAll(): Promise<void> {
    const { nodes } = this.options;
    this.folder = mkdtempSync(join(tmpdir(), 'ldfi-nodes-'));
    for (const node of nodes) {
      mkdirSync(join(this.folder, node));
      this.lives.set(node, { process: this.spawn(node), upFrom: 0, isReady: false });
    }
    await Promise.all(nodes.map((node) => this.introduce(node)));
  }

  beginTick(tick: number): void {
    this.tick = tick;
  }

  state(node: string): State {
    const life = this.lives.get(node);
    if (life?.upFrom === undefined || life.upFrom > this.tick) return 'down';
    return life.isReady ? 'up' : 'starting';
  }

  isUp(node: string): boolean {
    return this.state(node) === 'up';
  }

  /** Nodes that are up, or will be. */
  get live(): string[] {
    return this.options.nodes.filter((node) => this.lives.get(node)?.upFrom !== undefined);
  }

  send(node: string, message: Message): void {
    this.lives.get(node)?.process.send(message);
  }

  /** Takes an answer to `init` or to the setup. */
  answer(node: string, { body }: Message): void {
    const waiting = this.waiting.get(node);
    if (!waiting || body.in_reply_to !== waiting.number) return;
    this.waiting.delete(node);
    waiting.take(body);
  }

  /** Kills a node. @param upFrom the tick from which it is up again; undefined for never */
  crash(node: string, upFrom: number | undefined): void {
    const life = this.lives.get(node);
    if (!life) return;
    const { process: old } = life;
    Object.assign(life, { upFrom, isReady: false });
    this.waiting.delete(node);
    this.keep(
      old.kill().then(async () => {
        if (upFrom === undefined || this.isOver) return;
        this.past.set(node, `${this.past.get(node) ?? ''}${old.stderr}`);
        life.process = this.spawn(node);
        await this.introduce(node);
      }),
    );
  }

  /** Kills all; resolves when they are gone. */
  async killAll(): Promise<void> {
    this.isOver = true;
    await Promise.all([...this.lives.values()].map(({ process }) => process.kill()));
    await Promise.all(this.pending);
    // One that was restarted meanwhile.
    await Promise.all([...this.lives.values()].map(({ process }) => process.kill()));
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
  }

  /** The end of what each node wrote to standard error. */
  stderr(): Record<string, string> {
    return Object.fromEntries(
      this.options.nodes.map((node) => [
        node,
        `${this.past.get(node) ?? ''}${this.lives.get(node)?.process.stderr ?? ''}`,
      ]),
    );
  }

  private spawn(node: string): NodeProcess {
    const { command, cwd, line, misconduct } = this.options;
    return new NodeProcess(
      node,
      command,
      { LDFI_NODE: node, LDFI_NODE_DIR: join(this.folder ?? '', node) },
      {
        line: (text) => line(node, text),
        end: (how) => misconduct(`the program of ${node} ${visible(how)}${this.lastLines(node)}`),
      },
      cwd,
    );
  }

  /** `init`, and the setup of the workload. Resolves at once if the program fails or all is over. */
  private async introduce(node: string): Promise<void> {
    const { nodes, setup } = this.options;
    const told = setup(node);
    const init = { type: 'init', node_id: node, node_ids: [...nodes] };
    for (const [i, body] of [init, ...(told ? [told] : [])].entries()) {
      const answer = await this.request(node, { ...body, msg_id: i + 1 });
      if (answer === undefined) return;
      if (answer.type === `${body.type}_ok`) continue;
      const text = answer.type === 'error' ? `error ${answer.code}: ${String(answer.text ?? '')}` : answer.type;
      this.options.misconduct(`${node} answers ${body.type} with ${visible(text)}, and not with ${body.type}_ok`);
      return;
    }
    const life = this.lives.get(node);
    if (life) life.isReady = true;
  }

  private async request(node: string, body: Body): Promise<Body | undefined> {
    const life = this.lives.get(node);
    const { process } = life ?? {};
    if (!process || this.isOver) return undefined;
    const end = new AbortController();
    const { signal, startMs } = this.options;
    const answer = new Promise<Body>((take) => this.waiting.set(node, { number: body.msg_id ?? 0, take }));
    process.send({ src: SETUP_CLIENT, dest: node, body });
    const late = sleep(startMs, undefined, { signal: signal ? AbortSignal.any([signal, end.signal]) : end.signal });
    const ended = process.gone.then(() => undefined);
    try {
      const first = await Promise.race([answer, ended, late.then(() => 'late' as const)]);
      if (first !== 'late') return first;
      this.options.misconduct(`${node} has not answered ${body.type} after ${startMs / 1000} s${this.lastLines(node)}`);
      return undefined;
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw error;
    } finally {
      end.abort();
      late.catch(() => undefined);
    }
  }

  /** The end of standard error, to be quoted. */
  private lastLines(node: string): string {
    const lines = (this.lives.get(node)?.process.stderr ?? '').trimEnd().split('\n').slice(-MOST_LINES);
    const text = visibleLines(lines.map((line) => (line.length > 300 ? `${line.slice(0, 300)}…` : line)).join('\n'));
    return text === '' ? '; it wrote nothing to standard error' : `; the end of its standard error:\n${text}`;
  }

  private keep(work: Promise<unknown>): void {
    // An abort during a restart ends the experiment anyway.
    const done = work.catch(() => undefined).finally(() => this.pending.delete(done));
    this.pending.add(done);
  }
}
