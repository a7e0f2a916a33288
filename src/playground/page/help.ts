/**
 * What the playground is, which keys it has, and what it cannot do.
 */
import { h } from '../../report/page/dom.js';

const KEYS = [
  ['Ctrl-Space', 'what may be written here'],
  ['F8', 'the next problem'],
  ['F12', 'where a name comes from'],
  ['Shift-Alt-F', 'lay the text out'],
  ['Ctrl-F', 'find'],
  ['Ctrl-/', 'comment and back'],
  ['Tab', 'leave the editor'],
] as const;

export const help = (): HTMLElement =>
  h(
    'details.help',
    h('summary', 'Help'),
    h(
      'p',
      'Every change is checked and searched at once: on the left the spec, on the right the smallest sets of faults that break its promise, or the proof that within the bounds there are none. Nothing leaves this page.',
    ),
    h(
      'p',
      'EOT is the last tick, EFF the last tick at which messages may be lost, CRASHES how many nodes may crash; an empty field is as the check has it. Files of the gallery can be included by their path.',
    ),
    h(
      'p',
      'Protocols in TypeScript, several checks at once and long searches are for the command line: save the text as a file and call ',
      h('code', 'npx ldfi run FILE'),
      '.',
    ),
    h(
      'dl.keys',
      KEYS.flatMap(([key, words]) => [h('dt', h('kbd', key)), h('dd', words)]),
    ),
  );
