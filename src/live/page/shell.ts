/**
 * Words of a command line, quoted for a shell where they must be.
 */
export const wordInShell = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
