/**
 * Command lines that people are told to run.
 *
 * ```ts
 * commandLine(['npx', 'ldfi', 'run', "it's.ded"]); // npx ldfi run 'it'\\''s.ded'
 * ```
 */

/** A word, quoted for a POSIX shell where it must be. */
const quoted = (word: string): string => (/^[\w./,=@:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

export const commandLine = (words: readonly string[]): string => words.map(quoted).join(' ');
