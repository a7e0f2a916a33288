/** Links of a built site that lead nowhere: to a file that is not there, or an anchor that its page does not have. */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { globSync } from 'tinyglobby';

const LINK = /<(?:a|img|link|script)\b[^>]*?\s(?:href|src)="([^"]*)"/g;

/**
 * @param folder of the built site
 * @returns `page.html: /link`, for each that is dead; pages that other tools made (`api/`) are not read
 */
export function deadLinks(folder: string): string[] {
  const texts = new Map<string, string>();
  const textOf = (page: string): string => {
    const text = texts.get(page) ?? readFileSync(join(folder, page), 'utf8');
    texts.set(page, text);
    return text;
  };
  const pages = globSync('**/*.html', { cwd: folder, ignore: ['api/**', 'sample.html', 'try.html'] }).sort();
  return pages.flatMap((page) => {
    const links = [...textOf(page).matchAll(LINK)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
    return [...new Set(links)].filter((link) => !leads(link, page)).map((link) => `${page}: ${link}`);
  });

  function leads(link: string, page: string): boolean {
    if (/^[a-z]+:|^\/\//.test(link)) return true;
    const [path = '', anchor] = link.split('#').map(decodeURIComponent);
    const target = path === '' ? page : posix.join(path.startsWith('/') ? '.' : posix.dirname(page), path);
    const file = target === '.' || target.endsWith('/') ? posix.join(target, 'index.html') : target;
    if (!existsSync(join(folder, file))) return false;
    return anchor === undefined || anchor === '' || file.startsWith('api/') || textOf(file).includes(`id="${anchor}"`);
  }
}
