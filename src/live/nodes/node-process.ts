/**
 * A node as a child process: messages to its standard input, messages from its standard output, line by line.
 *
 * ```ts
 * const node = new NodeProcess('n0', ['python3', 'node.py'], {}, { line: handle, end: report });
 * node.send({ src: 'c0', dest: 'n0', body: { type: 'init' } });
 * await node.kill();
 * ```
 * It is started without a shell and in a process group of its own, which is killed as a whole.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { guard, release } from './guardian.js';
import { type Message, MOST_CHARACTERS } from './message.js';

/** How much of the end of standard error is kept, in characters. */
const MOST_STDERR = 20_000;

/** How much may wait to be read by a program, in bytes. */
const MOST_WAITING = 32 * 1024 * 1024;

/** How long the output of a program that was killed is waited for, in milliseconds. */
const LAST_WORDS = 250;

export interface NodeEvents {
  /** A line of standard output, without its end. */
  line(text: string): void;
  /** It has ended, or could not be started, without being killed; `how` completes 'the program …'. */
  end(how: string): void;
}

export class NodeProcess {
  private readonly child: ChildProcess;
  /** Resolves when it is gone and its last lines were handed on. */
  readonly gone: Promise<void>;
  private rest = '';
  private errors = '';
  private isKilled = false;

  /**
   * @param command the program and its arguments
   * @param env variables beside those of `ldfi` itself
   * @param cwd the folder in which it is started; undefined: that of `ldfi`
   */
  constructor(
    readonly node: string,
    command: readonly string[],
    env: Readonly<Record<string, string>>,
    private readonly events: NodeEvents,
    cwd?: string,
  ) {
    const [program = '', ...args] = command;
    this.child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      shell: false,
      cwd,
      env: { ...process.env, ...env },
    });
    const { child } = this;
    const { pid } = child;
    if (pid !== undefined) guard(pid);
    this.gone = new Promise((resolve) => {
      child.once('error', (error) => {
        if (child.pid === undefined) {
          this.ended(notStarted(program, error));
          resolve();
        }
      });
      child.once('exit', (code, signal) => {
        if (pid !== undefined) release(pid);
        const end = (): void => {
          clearTimeout(timer);
          child.stdout?.destroy();
          child.stderr?.destroy();
          child.stdin?.destroy();
          this.ended(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`);
          resolve();
        };
        // Others of its group may still hold its output open.
        killGroup(child);
        const timer = setTimeout(end, LAST_WORDS);
        child.once('close', end);
      });
    });
    child.stdin?.on('error', () => undefined);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.read(text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errors = `${this.errors}${text}`.slice(-MOST_STDERR);
    });
  }

  /** The end of what it wrote to standard error. */
  get stderr(): string {
    return this.errors;
  }

  /** Writes a message to it; if it does not read any more, it is ended and said to have been. */
  send(message: Message): void {
    const { stdin } = this.child;
    if (!stdin || stdin.destroyed) return;
    stdin.write(`${JSON.stringify(message)}\n`);
    if (stdin.writableLength <= MOST_WAITING) return;
    this.ended('does not read its standard input');
    void this.kill();
  }

  /** Kills it and all that it has started. Resolves when it is gone and its last lines were handed on. */
  kill(): Promise<void> {
    this.isKilled = true;
    killGroup(this.child);
    return this.gone;
  }

  private ended(how: string): void {
    if (this.isKilled) return;
    this.isKilled = true;
    this.events.end(how);
  }

  private read(text: string): void {
    const lines = `${this.rest}${text}`.split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') this.events.line(line);
    // What is too long for a line is handed on as one, to be refused there.
    if (this.rest.length <= MOST_CHARACTERS) return;
    this.events.line(this.rest);
    this.rest = '';
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // There is nobody left.
  }
}

function notStarted(program: string, error: Error): string {
  const { code } = error as { code?: string };
  if (code === 'ENOENT') return `could not be started: there is no ${program}`;
  if (code === 'EACCES')
    return `could not be started: ${program} is not executable (chmod +x, or name what runs it, as in -- node ${program})`;
  return `could not be started: ${error.message}`;
}
