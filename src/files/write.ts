/**
 * Writing files: each whole or not at all, and none over something that `ldfi` has not written.
 */
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { isAsSealed } from './seal.js';

/** A system error in words. */
export function reasonOf(error: unknown): string {
  const code = (error as { code?: string }).code ?? '';
  const known: Record<string, string> = {
    ENOENT: 'no such file',
    EACCES: 'permission denied',
    EPERM: 'it is not permitted',
    EEXIST: 'a part of the path is not a directory',
    EISDIR: 'it is a directory',
    EFBIG: 'it would be too large',
    ENOTDIR: 'a part of the path is not a directory',
    ELOOP: 'too many symbolic links',
    ENAMETOOLONG: 'the name is too long',
    EROFS: 'the file system is read-only',
    ENOSPC: 'no space left',
    ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text',
    ERR_INVALID_ARG_VALUE: 'the path is not valid',
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}

/**
 * Writes a file whole or not at all: into a temporary file beside it, then a rename. Through a symbolic link it writes
 * what the link names; to a device or a pipe, which a rename would replace, it writes directly.
 *
 * The library write-file-atomic is no substitute: on a full disk it replaces the file by a part of the new text and
 * reports success.
 * @throws the system error if that fails; an existing file is then as it was
 */
export function writeWhole(path: string, text: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw Object.assign(new Error('it is a directory'), { code: 'EISDIR' });
  if (there && !there.isFile()) {
    writeFileSync(path, text);
    return;
  }
  const target = there ? realpathSync(path) : resolve(path);
  mkdirSync(dirname(target), { recursive: true });
  const temporary = join(dirname(target), `.ldfi-${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text, { flush: true });
    if (there) chmodSync(temporary, there.mode & 0o777);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The same for all names of one file: links are followed, and hard links are one file. */
export function identityOf(path: string): string {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return resolve(path);
  }
}

/** How the outputs of `ldfi` begin. */
const OWN: readonly RegExp[] = [
  // A result, SARIF, an emitted JSON.
  /^\{\s*"schemaVersion":\s*\d+,\s*"tool":\s*\{\s*"name":\s*"ldfi"/,
  /^\{\s*"\$schema":\s*"[^"]*sarif[^"]*",\s*"version":\s*"[^"]*",\s*"runs":\s*\[\s*\{\s*"tool":\s*\{\s*"driver":\s*\{\s*"name":\s*"ldfi"/,
  /^\{\n {2}"name": ".*",\n {2}"spec": \[[^\]]*\],\n {2}"bounds": \{\n/,
  // A certificate.
  /^\{"certificate":\d+,"spec":"/,
  // A page, JUnit, a diagram.
  /^<!doctype html>\n<html[^>]*>\n<head>\n(?:<meta [^\n]*\n)*<meta name="generator" content="ldfi /,
  /^<\?xml[^>]*\?>\n<testsuites name="ldfi"/,
  /^<svg [^>]*>\n<defs><marker id="head"/,
  /^sequenceDiagram\n {2}participant n0 as /,
  /^digraph (?:provenance|why) \{\n/,
  // Markdown, TAP, annotations of GitHub, text.
  /^## ldfi: /,
  /^TAP version 14\n# ldfi\n/,
  /^::(?:error|warning) [^\n]*title=ldfi/,
  /^[^\n]+\n[✓✗!] (?:HOLDS|VIOLATED|VACUOUS|NO POST|INCONCLUSIVE|UNRELIABLE|BROKEN|NOTHING TO INJECT|KEPT)/,
  /^[^\n]+\n(?:Counterexample 1 of \d+\n|! (?:without faults the promise|it was stopped before|the program of|the proxy of) )/,
  /^(?:! COULD NOT BE READ {2}|No check was run\.\n)/,
  // An override of compose.
  /^# Written by ldfi\. /,
];

/** A test that pins counterexamples, which people may edit. */
const PINNED = /^\/\/ (?:A counterexample|Counterexamples) that ldfi found, pinned/;

/** Whether a file may be overwritten. */
export const mayOverwrite = (path: string): boolean => obstacleTo(path) === undefined;

/**
 * Why a file is not to be overwritten, to follow its name: it is there, and not what `ldfi` has written. What is no
 * regular file is written to, not replaced.
 */
export function obstacleTo(path: string): string | undefined {
  let stat: ReturnType<typeof statSync>;
  try {
    stat = statSync(path, { throwIfNoEntry: false });
  } catch {
    // Nothing can be written there; writing says why.
    return undefined;
  }
  if (!stat?.isFile() || stat.size === 0) return undefined;
  const head = headOf(path) ?? '';
  if (PINNED.test(head)) return isAsSealed(wholeOf(path, stat.size)) ? undefined : 'was edited since ldfi wrote it';
  return OWN.some((form) => form.test(head)) ? undefined : 'is there and was not written by ldfi';
}

/** Bytes of the largest test that is looked at. */
const LARGEST = 2 ** 24;

/** The text of a file, or none if it is too large or cannot be read. */
function wholeOf(path: string, size: number): string {
  try {
    return size > LARGEST ? '' : readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * The beginning of a file's text, enough to know an output by; undefined if it cannot be read.
 * @param ignoreBOM with its byte order mark, if there is one
 */
export function headOf(path: string, ignoreBOM = false): string | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(path, 'r');
    const buffer = new Uint8Array(65_536);
    return new TextDecoder('utf-8', { ignoreBOM }).decode(
      buffer.subarray(0, readSync(handle, buffer, 0, buffer.length, 0)),
    );
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
