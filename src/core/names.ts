/**
 * Names that need no quotes where people read them, in any script.
 */

/** Of JavaScript: `x`, `имя`. */
export const isIdentifier = (text: string): boolean => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text);

/** Letters and digits, with hyphens between them: `node-1`, `узел-1`. */
export const isWord = (text: string): boolean => /^[\p{L}\p{M}\p{N}_-]+$/u.test(text);
