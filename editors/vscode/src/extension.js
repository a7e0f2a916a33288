/**
 * The VS Code extension: starts the language server of the workspace, and shows reports beside the code.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

/** Kinds of documents that are the server's: specs, and modules, of which only the checks are. */
const DOCUMENTS = ['ded', 'typescript', 'javascript'].map((language) => ({ language, scheme: 'file' }));

/** @type {LanguageClient | undefined} */
let client;
/** Panels by the check that they show. */
const panels = new Map();

/** @param {vscode.ExtensionContext} context */
export async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand('ldfi.restart', restart),
    vscode.commands.registerCommand('ldfi.openReport', openReport),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
  );
  await restart();
}

export const deactivate = () => client?.stop();

async function restart() {
  await client?.stop();
  client = undefined;
  if (!vscode.workspace.isTrusted) return;
  const module = serverPath();
  if (!module) {
    vscode.window.showWarningMessage('ldfi is not installed in this workspace: run `npm install --save-dev ldfi`.');
    return;
  }
  const settings = vscode.workspace.getConfiguration('ldfi');
  const server = { module, args: ['lsp'], transport: TransportKind.stdio };
  client = new LanguageClient('ldfi', 'ldfi', server, {
    documentSelector: [...DOCUMENTS, { language: 'ded', scheme: 'untitled' }],
    initializationOptions: {
      timeout: settings.get('timeout'),
      loadOnSave: settings.get('loadOnSave'),
      reports: true,
    },
  });
  await client.start();
}

/** The command line of the workspace, or the one that the settings name. */
function serverPath() {
  const named = vscode.workspace.getConfiguration('ldfi').get('server');
  if (named) return named;
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const places = folders.flatMap((folder) => [
    join(folder, 'node_modules/ldfi/bin/ldfi.js'),
    join(folder, 'bin/ldfi.js'),
  ]);
  return places.find((place) => existsSync(place));
}

/** Shows the page of a run in a panel beside the code; the page needs nothing from outside and gets nothing. */
async function openReport(uri, key, title) {
  const html = await client?.sendRequest('ldfi/report', [uri, key]);
  if (!html) {
    vscode.window.showInformationMessage('There is no report of this text: run the check first.');
    return;
  }
  const id = `${uri} ${key}`;
  const known = panels.get(id);
  const options = { enableScripts: true, retainContextWhenHidden: true, localResourceRoots: [] };
  const panel =
    known ?? vscode.window.createWebviewPanel('ldfi.report', `${title} – ldfi`, vscode.ViewColumn.Beside, options);
  panels.set(id, panel);
  panel.webview.html = html;
  panel.reveal(vscode.ViewColumn.Beside, true);
  if (!known) panel.onDidDispose(() => panels.delete(id));
}
