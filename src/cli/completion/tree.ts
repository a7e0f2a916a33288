/**
 * The commands of commander as data for completion: which words and flags may stand where, and what follows a flag.
 *
 * Read from the commands themselves, so that a script for a shell cannot know others than there are.
 */
import type { Argument, Command, Option } from 'commander';

/** What may follow: one of these words, a file, or something that nobody can guess. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'file' | 'other' };

export interface Flag {
  /** `-q`, `--quiet`. */
  readonly names: readonly string[];
  readonly description: string;
  /** Undefined for a flag that stands alone. */
  readonly values: Values | undefined;
  /** Whether the value may be left out. */
  readonly optional: boolean;
}

export interface CommandNode {
  /** Words after `ldfi`, as in `live run`; empty for `ldfi` itself. */
  readonly path: string;
  /** Its last word, and those before it. */
  readonly name: string;
  readonly parent: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly flags: readonly Flag[];
  /** What its arguments are; undefined if it takes none. */
  readonly values: Values | undefined;
}

/** Words that commander does not know of: of arguments by path (`explain`), of flags by name (`--reporter`). */
export type Known = Readonly<Record<string, readonly string[]>>;

const FILE = /file|folder|path|program|json|html/;

function valuesOf({ argChoices }: Option | Argument, name: string, known: readonly string[] | undefined): Values {
  const words = argChoices ?? known;
  if (words) return { kind: 'words', words };
  return { kind: FILE.test(name) ? 'file' : 'other' };
}

function flagOf(option: Option, known: Known): Flag {
  const { short, long, required, optional, flags, description } = option;
  const names = [short, long].filter((name) => name !== undefined);
  const takes = required || optional;
  const values = takes ? valuesOf(option, flags, known[long ?? '']) : undefined;
  return { names, description, values, optional };
}

/** All commands, each with what may follow it, `ldfi` itself first. */
export function treeOf(root: Command, known: Known = {}): CommandNode[] {
  const help = root.createHelp();
  const nodes: CommandNode[] = [];
  const visit = (command: Command, parent: string): void => {
    const name = command === root ? '' : command.name();
    const path = `${parent} ${name}`.trim();
    const [argument] = command.registeredArguments;
    const children = help.visibleCommands(command);
    nodes.push({
      path,
      name,
      parent,
      commands: children.map((child) => ({ name: child.name(), description: child.description() })),
      flags: help.visibleOptions(command).map((option) => flagOf(option, known)),
      values: argument && valuesOf(argument, argument.name(), known[path]),
    });
    // `help` is made by commander for the occasion.
    for (const child of children) if (child.name() !== 'help') visit(child, path);
  };
  visit(root, '');
  return nodes;
}
