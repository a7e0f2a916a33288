/**
 * Command lines that people are told to run.
 *
 * ```ts
 * commandLine(['npx', 'ldfi', 'run', "it's.ded"]); // npx ldfi run 'it'\\''s.ded'
 * ```
 */
import { visible } from './text.js';

/** A word, quoted for a POSIX shell where it must be. What cannot be shown as it is stands there byte by byte. */
function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (visible(word) === word) return `'${word.replaceAll("'", "'\\''")}'`;
  return `$'${Array.from(word, inDollarQuotes).join('')}'`;
}

function inDollarQuotes(character: string): string {
  if (character === '\\' || character === "'") return `\\${character}`;
  if (visible(character) === character) return character;
  // Three octal digits, so that no character after them is taken for a fourth.
  return Array.from(new TextEncoder().encode(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

export const commandLine = (words: readonly string[]): string => words.map(quoted).join(' ');

/** The path of a file as a word of a command, in which it is taken for no flag. */
export const fileWord = (path: string): string => (path.startsWith('-') ? `./${path}` : path);
