/**
 * The Markdown that `src/editor` writes, as elements: paragraphs, blocks of code, code in a line, bold. What is in it
 * enters the page as text.
 */
import { type Child, h } from '../../report/page/dom.js';

export function fromMarkdown(markdown: string): HTMLElement[] {
  const blocks: HTMLElement[] = [];
  let lines: string[] = [];
  let fence = '';
  const end = (): void => {
    const text = lines.join('\n');
    // Line by line, for elements hold no line ends.
    if (fence !== '')
      blocks.push(
        h(
          'div.code',
          lines.map((line) => h('code', line === '' ? ' ' : line)),
        ),
      );
    else if (text.trim() !== '') blocks.push(h('p', inline(lines.join(' ').trim())));
    lines = [];
  };
  for (const line of markdown.split('\n')) {
    const mark = /^(`{3,})\w*$/.exec(line)?.[1];
    if (fence === '' && mark !== undefined) {
      end();
      fence = mark;
    } else if (fence !== '' && line === fence) {
      end();
      fence = '';
    } else if (fence === '' && line.trim() === '') end();
    else lines.push(line);
  }
  end();
  return blocks;
}

const inline = (text: string): Child =>
  text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`')) return h('code', part.slice(1, -1));
    return part.startsWith('**') ? h('b', part.slice(2, -2)) : part;
  });
