/** What the parts of the language server call each other by. */

/** The command of `ldfi` that runs one check for the server. */
export const CHECK_COMMAND = 'lsp-check';
