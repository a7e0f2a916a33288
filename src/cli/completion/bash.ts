/** Completion for bash, 4.4 or later. It needs nothing but bash: no package bash-completion. */
import { offers, transitions, word } from './cases.js';
import type { CommandNode, Values } from './tree.js';

const list = (words: readonly string[]): string => word(words.join(' '));

function replies(values: Values | undefined): string {
  if (values?.kind === 'words') return `COMPREPLY=($(compgen -W ${list(values.words)} -- "$cur")); return`;
  // Nothing in COMPREPLY stands for files (complete -o default).
  return values?.kind === 'file' ? 'return' : 'compopt +o default 2>/dev/null; return';
}

const inCommand = ({ path, commands, flags, values }: CommandNode): string[] => [
  `    ${word(path)})`,
  `      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W ${list(flags.flatMap(({ names }) => names))} -- "$cur")); return; fi`,
  `      ${commands.length > 0 ? replies({ kind: 'words', words: commands.map(({ name }) => name) }) : replies(values)} ;;`,
];

export const bashScript = (nodes: readonly CommandNode[]): string => `# Completion of ldfi for bash. In ~/.bashrc:
#   source <(ldfi completion bash)
_ldfi() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} where='' i
  COMPREPLY=()
  # --flag=value is three words.
  if [[ $cur == '=' ]]; then cur=''
  elif [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} == -- ]]; then return; fi
    case "$where:\${COMP_WORDS[i]}" in
${transitions(nodes)}
    esac
  done
${offers(nodes, replies, inCommand)}
complete -o default -F _ldfi ldfi
`;
