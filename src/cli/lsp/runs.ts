/**
 * Runs of checks, each in a process of its own: one after the other, ended when their time is up or nobody wants them
 * any more, and with the server.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { type Answer, answer, type Request } from './messages.js';
import { CHECK_COMMAND } from './names.js';

/** Seconds after its own limit, after which a process is ended from outside. */
const GRACE = 5;
/** Of what a process writes to stderr, the part that is kept, in characters. */
const MOST_TEXT = 4000;

export class Cancelled extends Error {}

const problem = (text: string): Answer => ({ problem: text, mistakes: [] });

export class Runs {
  private readonly processes = new Set<ChildProcess>();
  private last: Promise<unknown> = Promise.resolve();

  /** @param script that of the command line */
  constructor(private readonly script: string) {
    process.once('exit', () => this.end());
  }

  /**
   * Runs a check after those before it.
   * @throws Cancelled
   */
  async run(request: Request, signal: AbortSignal, started: () => void): Promise<Answer> {
    const before = this.last;
    let finished: () => void = () => undefined;
    this.last = new Promise<void>((resolve) => {
      finished = resolve;
    });
    try {
      await before;
      if (signal.aborted) throw new Cancelled();
      started();
      return await this.start(request, signal);
    } finally {
      finished();
    }
  }

  /** Ends all processes. */
  end(): void {
    for (const one of this.processes) one.kill('SIGKILL');
  }

  private start(request: Request, signal: AbortSignal): Promise<Answer> {
    const child = fork(this.script, [CHECK_COMMAND], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
    this.processes.add(child);
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-MOST_TEXT);
    });
    return new Promise<Answer>((resolve, reject) => {
      const kill = (): void => void child.kill('SIGKILL');
      const cancel = (): void => {
        kill();
        reject(new Cancelled());
      };
      const timer = setTimeout(kill, (request.seconds + GRACE) * 1000);
      signal.addEventListener('abort', cancel, { once: true });
      child.once('message', (message) => {
        const parsed = answer.safeParse(message);
        resolve(parsed.success ? parsed.data : problem('the run gave no answer that could be read'));
      });
      child.once('error', (error) => resolve(problem(`it cannot be run: ${error.message}`)));
      child.once('close', () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        this.processes.delete(child);
        resolve(problem(errors.trim() === '' ? 'the run ended without an answer' : errors.trim()));
      });
      child.send(request, () => undefined);
    });
  }
}
