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
const UNUSUAL = /(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;

/** Text without any of them, as nearly all of it is: found out ten times as fast. */
const USUAL = /^[ -~→]*$/;

/** An emoji, with what chooses its looks. */
const EMOJI = '\\p{Extended_Pictographic}[\\u{fe0e}\\u{fe0f}\\u{1f3fb}-\\u{1f3ff}]?';

/** Letters of scripts in which joiners between letters are a matter of spelling. */
const JOINED = `[${[
  ...['Arabic', 'Syriac', 'Nko', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil'],
  ...['Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar'],
]
  .map((script) => `\\p{Script=${script}}`)
  .join('')}]`;

/** What is unusual by itself and belongs to what people write: emoji of several parts, keycaps, joined letters. */
const WRITTEN = [
  `${EMOJI}(?:\\u{200d}${EMOJI})*`,
  '[0-9#*]\\u{fe0f}\\u{20e3}',
  `(?<=${JOINED})[\\u{200c}\\u{200d}](?=${JOINED})`,
].join('|');

const SHOWN = new RegExp(`(${WRITTEN})|${UNUSUAL.source}`, 'gu');

/** For one line: the result is well-formed and has no line ends. */
export const visible = (text: string): string =>
  USUAL.test(text)
    ? text
    : text.replace(SHOWN, (found: string, written: string | undefined) =>
        written === undefined ? `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}` : found,
      );

/** The same for text of several lines. */
export const visibleLines = (text: string): string => text.split('\n').map(visible).join('\n');

/**
 * The beginning of a text that is too long, without half a character or a joiner at its end.
 * @param most UTF-16 units
 */
export const beginning = (text: string, most: number): string =>
  text.slice(0, Math.max(0, most)).replace(/[\p{Cs}\u{200c}\u{200d}]+$/u, '');
