/** The extension for VS Code as it is packed: what it brings is there, and fits together. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseProgram } from '../../src/dedalus/load.js';

const PACKAGE = 'editors/vscode/dist/ldfi.vsix';
const nodeRequire = createRequire(import.meta.url);

/** The files of a zip archive, by its central directory. */
function unzip(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const [size, nameLength] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = inflateRawSync(bytes.subarray(start, start + size));
    expect(content.length).toBe(bytes.readUInt32LE(at + 24));
    files.set(name, content);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

let files: Map<string, Buffer>;
const json = (name: string) => JSON.parse(files.get(`extension/${name.replace('./', '')}`)?.toString() ?? 'null');

const pack = (): Buffer => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/vscode.js'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return readFileSync(PACKAGE);
};

beforeAll(() => {
  const bytes = pack();
  files = unzip(bytes);
  // The same sources, the same bytes.
  expect(pack().equals(bytes)).toBe(true);
});

interface Host {
  readonly commands: string[];
  readonly warnings: string[];
  activate(context: unknown): Promise<void>;
}

/** The bundled extension in an editor of which only a little is there. */
function load(isTrusted: boolean): Host {
  const commands: string[] = [];
  const warnings: string[] = [];
  // Whatever else of the editor is touched while the client is being loaded.
  const anything: object = new Proxy(class {}, {
    get: (target, key) => (key === 'prototype' ? target.prototype : key === 'then' ? undefined : anything),
    apply: () => anything,
  });
  const own = {
    commands: { registerCommand: (name: string) => commands.push(name) },
    window: { showWarningMessage: (text: string) => warnings.push(text) },
    workspace: {
      isTrusted,
      workspaceFolders: [],
      onDidGrantWorkspaceTrust: () => ({}),
      getConfiguration: () => new Map(),
    },
  };
  const vscode = new Proxy(own, { get: (target, key) => Reflect.get(target, key) ?? anything });
  const module = { exports: {} as Host };
  const code = files.get('extension/dist/extension.js')?.toString() ?? '';
  const run = new Function('require', 'module', 'exports', code);
  run((name: string) => (name === 'vscode' ? vscode : nodeRequire(name)), module, module.exports);
  return { commands, warnings, activate: module.exports.activate };
}

describe('the package', () => {
  it('has a manifest, and every file that is contributed', () => {
    const manifest = json('package.json');
    expect(files.get('extension.vsixmanifest')?.toString()).toContain(
      `Id="${manifest.name}" Version="${manifest.version}" Publisher="${manifest.publisher}"`,
    );
    const types = files.get('[Content_Types].xml')?.toString() ?? '';
    for (const name of files.keys())
      if (name.startsWith('extension/'))
        expect(types).toContain(`Extension="${name.slice(name.lastIndexOf('.') + 1)}"`);
    const { languages, grammars, snippets } = manifest.contributes;
    const named = [manifest.main, languages[0].configuration, grammars[0].path, snippets[0].path];
    for (const path of named) expect([...files.keys()]).toContain(`extension/${path.replace('./', '')}`);
    expect([grammars[0].language, snippets[0].language]).toEqual([languages[0].id, languages[0].id]);
    expect(json(grammars[0].path).scopeName).toBe(grammars[0].scopeName);
    expect(manifest.version).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
  });

  it('registers the commands that it contributes and the server does not bring', async () => {
    const host = load(false);
    await host.activate({ subscriptions: [] });
    const contributed = json('package.json').contributes.commands.map(({ command }: { command: string }) => command);
    // The client registers those of the server itself.
    const ofServer = ['ldfi.stopRuns'];
    expect(contributed.filter((name: string) => !ofServer.includes(name)).sort()).toEqual(host.commands.sort());
    expect(readFileSync('src/cli/lsp/checks.ts', 'utf8')).toContain(`'${ofServer[0]}'`);
  });

  it('starts nothing of a workspace that is not trusted, and says what is missing from one that is', async () => {
    const stranger = load(false);
    await stranger.activate({ subscriptions: [] });
    expect(stranger.warnings).toEqual([]);
    const trusted = load(true);
    await trusted.activate({ subscriptions: [] });
    expect(trusted.warnings).toEqual([expect.stringContaining('npm install --save-dev ldfi')]);
  });

  it('has snippets that are right as they come', () => {
    const all = Object.values<{ body: string[]; prefix: string }>(json('snippets/ded.json'));
    expect(all.map(({ prefix }) => prefix)).toContain('check');
    for (const { body } of all) {
      const text = body
        .join('\n')
        .replace(/\$\{\d+:([^}]*)\}/g, '$1')
        .replace(/\$\{\d+\|([^,]*)[^}]*\}/g, '$1');
      expect(text).not.toContain('$');
      expect(parseProgram(text).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });
});
