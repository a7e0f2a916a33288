/**
 * Output that a page shows: a `text` block after an `sh` block has the first paragraphs of what the last command prints,
 * with `…` as its last line if there is more.
 */
import { type Finished, shell, shown } from '../cli/support.js';
import { type Block, textOf } from './pages.js';

const SHOWN = /^```text\n([\s\S]*?)^```$/m;

/** Runs the commands of a block in a folder, one after another; the last one's output counts. */
export function runBlock({ text }: Pick<Block, 'text'>, cwd: string): Finished {
  const commands = text.trim().replaceAll('npm install && ', '').split('\n');
  const finished = commands.map((command) =>
    /^npx ldfi [^|>&]*$/.test(command)
      ? shown(cwd, command.replace('npx ldfi', ''))
      : shell(cwd, command.replaceAll('npx ldfi', '$LDFI')),
  );
  return finished.at(-1) ?? { code: 0, stdout: '', stderr: '' };
}

/**
 * A page with the output that its commands have today in place of what it shows.
 * @param run what a block of commands prints; called for every block with language `sh` that output follows, in order
 */
export function withOutput(page: string, run: (block: string) => string): string {
  const [first = '', ...parts] = textOf(page).split(/^```sh\n/m);
  return [
    first,
    ...parts.map((part) => {
      const commands = part.slice(0, part.indexOf('```'));
      const output = run(commands);
      return part.replace(SHOWN, (_, shown: string) => `\`\`\`text\n${excerpt(output, shown)}\`\`\``);
    }),
  ].join('```sh\n');
}

/** As many of the first paragraphs as are shown. */
function excerpt(output: string, shown: string): string {
  const paragraphs = output.trim().split('\n\n');
  const cut = shown.trimEnd().endsWith('\n…');
  const count = shown.trim().split('\n\n').length - (cut ? 1 : 0);
  const kept = paragraphs.slice(0, count).join('\n\n');
  return `${kept}\n${count < paragraphs.length ? '\n…\n' : ''}`;
}
