/**
 * The buttons over the editor.
 */
import { button, copyButton, h } from '../../report/page/dom.js';

export interface Actions {
  /** A link to what is shown; undefined if its text is too long. */
  link(): Promise<string | undefined>;
  format(): void;
  restore(): void;
}

export const actions = ({ link, format, restore }: Actions): HTMLElement =>
  h(
    'div.actions',
    copyButton('Copy link', async () => addressOf(await link()), 'Copy a link that carries the text and the check'),
    button('Format', format, { title: 'Lay the text out (Shift-Alt-F)' }),
    button('Restore', restore, { title: 'Take back all changes of this spec, its check and its bounds' }),
  );

/** @throws if there is none */
function addressOf(link: string | undefined): string {
  if (link === undefined) throw new Error('the text is too long for a link');
  return new URL(link, location.href).href;
}
