/**
 * Handing a page to the desktop's browser.
 */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** What becomes of the file there is not our business. */
export function openFile(path: string): void {
  const [command, ...words] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  spawn(command ?? '', [...words, resolve(path)], { detached: true, stdio: 'ignore' })
    .on('error', () => undefined)
    .unref();
}
