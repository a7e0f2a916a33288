/**
 * `npm run vscode`: bundles the extension for VS Code and packs it, as `editors/vscode/dist/ldfi.vsix`, which
 * `code --install-extension` takes. The same sources give the same bytes.
 *
 * A .vsix is a zip archive (Open Packaging Conventions) of the extension's folder with a manifest beside it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { zip } from './zip.js';

const path = (name) => fileURLToPath(new URL(`../editors/vscode/${name}`, import.meta.url));
const read = (name) => readFileSync(path(name));
const manifest = JSON.parse(read('package.json'));

await build({
  entryPoints: [path('src/extension.js')],
  outfile: path('dist/extension.js'),
  bundle: true,
  minify: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  external: ['vscode'],
  logLevel: 'warning',
});

const FOLDERS = ['syntaxes', 'snippets'];
const files = [
  'package.json',
  'README.md',
  'language-configuration.json',
  'dist/extension.js',
  ...FOLDERS.flatMap((folder) => readdirSync(path(folder)).map((name) => `${folder}/${name}`)),
].sort();
const missing = files.filter((file) => !existsSync(path(file)));
if (missing.length > 0) throw new Error(`the extension lacks ${missing.join(', ')}`);

const escaped = (text) => text.replace(/[&<>"]/g, (it) => `&#${it.charCodeAt(0)};`);
const { name, displayName, description, version, publisher, engines, categories } = manifest;

const vsixManifest = `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${name}" Version="${version}" Publisher="${publisher}"/>
    <DisplayName>${escaped(displayName)}</DisplayName>
    <Description xml:space="preserve">${escaped(description)}</Description>
    <Categories>${escaped(categories.join(','))}</Categories>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${escaped(engines.vscode)}"/>
    </Properties>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
  </Assets>
</PackageManifest>
`;

const TYPES = { '.json': 'application/json', '.js': 'application/javascript', '.md': 'text/markdown' };
const extensions = [...new Set(files.map((file) => extname(file)))].sort();
const defaults = extensions.map((it) => `<Default Extension="${it.slice(1)}" ContentType="${TYPES[it]}"/>`);
const contentTypes = `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${defaults.join('')}<Default Extension="vsixmanifest" ContentType="text/xml"/></Types>
`;

writeFileSync(
  path('dist/ldfi.vsix'),
  zip([
    ['extension.vsixmanifest', Buffer.from(vsixManifest)],
    ['[Content_Types].xml', Buffer.from(contentTypes)],
    ...files.map((file) => [`extension/${file}`, read(file)]),
  ]),
);
