/**
 * Text from outside, made safe to show to people: what is invisible, turns text around or drives a terminal is written
 * `\u{…}`.
 *
 * Names of nodes, messages of handlers and paths of files may hold anything. The terminal, the page, pictures, logs and
 * reports all show them through these two functions, and then escape for their own form.
 */

/**
 * Controls, invisible and bidirectional formatting, odd blanks, halves of characters, private and never assigned ones.
 */
const UNUSUAL = /(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

/** Text without any of them, as nearly all of it is: found out ten times as fast. */
const USUAL = /^[ -~→]*$/;

/** For one line: the result is well-formed and has no line ends. */
export const visible = (text: string): string =>
  USUAL.test(text)
    ? text
    : text.replace(UNUSUAL, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/** The same for text of several lines. */
export const visibleLines = (text: string): string => text.split('\n').map(visible).join('\n');
