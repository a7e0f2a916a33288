/** The parts of a script that bash and zsh have in common: `case` branches over `$where`, the command that was typed. */
import { commandLine } from '../../core/shell.js';
import type { CommandNode, Values } from './tree.js';

/** One word of a script, whatever is in it. */
export const word = (text: string): string => commandLine([text]);

/** Of `$where:$word`: the command that one more word leads to. */
export const transitions = (nodes: readonly CommandNode[]): string =>
  nodes
    .filter(({ path }) => path !== '')
    .map(({ path, parent, name }) => `      ${word(`${parent}:${name}`)}) where=${word(path)} ;;`)
    .join('\n');

/**
 * The end of the function: what follows the flag before the cursor, else what the command itself takes.
 * @param inCommand the branches of a command
 */
export const offers = (
  nodes: readonly CommandNode[],
  replies: (values: Values) => string,
  inCommand: (node: CommandNode) => readonly string[],
): string => `  case "$where:$prev" in
${afterFlags(nodes, replies)}
  esac
  case "$where" in
${nodes.flatMap(inCommand).join('\n')}
  esac
}`;

/** Of `$where:$prev`: what follows a flag. @param replies the commands that offer values and return */
const afterFlags = (nodes: readonly CommandNode[], replies: (values: Values) => string): string =>
  nodes
    .flatMap(({ path, flags }) =>
      flags.flatMap(({ names, values, optional }) => {
        if (!values) return [];
        const places = names.map((name) => word(`${path}:${name}`)).join('|');
        const offer = replies(values);
        return [`    ${places}) ${optional ? `[[ $cur == -* ]] || { ${offer}; }` : offer} ;;`];
      }),
    )
    .join('\n');
