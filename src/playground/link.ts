/**
 * Links: what the playground shows, as the part of an address behind `#`.
 *
 * `#spec=specs/broadcast/retry.ded&check=one-loss&eot=5&text=…`: the text is only there where it is not that of the
 * gallery, as deflated JSON in base64url. A link comes from anybody: it is measured before it is unpacked and while it
 * is, validated, and never more than text.
 */
import * as z from 'zod';
import { type BoundName, usualBoundNames } from '../faults/bounds.js';

/** Longest link, in characters, and longest text in it, in bytes. */
const MOST_LINK = 200_000;
const MOST_TEXT = 1_000_000;
const MOST_FILES = 100;

export type OwnBounds = Readonly<Partial<Record<BoundName, number>>>;

export interface Linked {
  /** Path of the spec. */
  readonly spec: string;
  /** The name of its check, if not the first. */
  readonly check: string | undefined;
  /** Bounds in place of the check's own. */
  readonly bounds: OwnBounds;
  /** Files that are not as in the gallery: path and text. */
  readonly edited: readonly (readonly [string, string])[];
}

const path = z.string().min(1).max(200);
const edited = z.array(z.tuple([path, z.string().max(MOST_TEXT)])).max(MOST_FILES);

/** The address; undefined if the text is too long for a link. */
export async function toLink({ spec, check, bounds, edited: files }: Linked): Promise<string | undefined> {
  const query = new URLSearchParams({ spec });
  if (check !== undefined) query.set('check', check);
  for (const [name, value] of Object.entries(bounds)) if (value !== undefined) query.set(name, String(value));
  const text = JSON.stringify(files);
  if (text.length > MOST_TEXT / 4) return undefined;
  if (files.length > 0) query.set('text', await packed(text));
  const link = `#${query}`.replaceAll('%2F', '/');
  return link.length > MOST_LINK ? undefined : link;
}

/** What a link says; undefined if it says nothing, a sentence if it makes no sense. */
export async function fromLink(hash: string): Promise<Linked | { readonly problem: string } | undefined> {
  if (hash.length <= 1) return undefined;
  if (hash.length > MOST_LINK) return { problem: `it is longer than ${MOST_LINK} characters` };
  const query = new URLSearchParams(hash.slice(1));
  const spec = path.safeParse(query.get('spec'));
  if (!spec.success) return { problem: 'it names no spec' };
  const files = await filesOf(query.get('text'));
  if ('problem' in files) return files;
  const bounds = usualBoundNames().flatMap((name) => {
    const value = query.get(name);
    return value !== null && /^\d{1,6}$/.test(value) ? [[name, Number(value)] as const] : [];
  });
  const check = query.get('check')?.slice(0, 200);
  return { spec: spec.data, check, bounds: Object.fromEntries(bounds), edited: files.files };
}

async function filesOf(text: string | null): Promise<{ files: Linked['edited'] } | { problem: string }> {
  if (text === null) return { files: [] };
  try {
    const read = edited.safeParse(JSON.parse(await unpacked(text)));
    return read.success ? { files: read.data } : { problem: 'its text is none of the playground' };
  } catch {
    return { problem: 'its text cannot be unpacked; it may have been cut off, or be too long' };
  }
}

async function packed(text: string): Promise<string> {
  const bytes = await read(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw')));
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @throws if it is no such text, or longer than a spec may be */
async function unpacked(text: string): Promise<string> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new TextDecoder('utf-8', { fatal: true }).decode(await read(stream));
}

/** All of a stream. @throws as soon as it is longer than a text may be */
async function read(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > MOST_TEXT) {
      await reader.cancel();
      throw new Error('too long');
    }
    chunks.push(next.value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
