/**
 * Links of the playground: what goes in comes out, and nothing that is not meant to.
 */
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromLink, type Linked, toLink } from '../../src/playground/link.js';

const packed = (text: string): string => deflateRawSync(text).toString('base64url');
const linked = (edited: Linked['edited']): Linked => ({ spec: 'my-spec.ded', check: undefined, bounds: {}, edited });

describe('links', () => {
  it('are readable where the text is that of the gallery', async () => {
    const link = { spec: 'specs/broadcast/retry.ded', check: 'loss-only', bounds: { eot: 5, crashes: 0 }, edited: [] };
    expect(await toLink(link)).toBe('#spec=specs/broadcast/retry.ded&check=loss-only&eot=5&crashes=0');
    expect(await fromLink((await toLink(link)) ?? '')).toEqual(link);
  });

  it('carry any text', async () => {
    const name = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
    const edited = fc.array(fc.tuple(name, fc.string({ maxLength: 300, unit: 'grapheme' })), { maxLength: 4 });
    const bounds = fc.record({ eot: fc.nat(999), eff: fc.nat(999) }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(name, fc.option(name, { nil: undefined }), bounds, edited, async (spec, check, own, files) => {
        const link: Linked = { spec, check, bounds: { ...own }, edited: files };
        expect(await fromLink((await toLink(link)) ?? '')).toEqual(link);
      }),
    );
  });

  it('are none where the text is too long', async () => {
    expect(await toLink(linked([['a.ded', 'x'.repeat(300_000)]]))).toBeUndefined();
  });

  it.each([
    ['without a spec', '#check=x', 'it names no spec'],
    ['too long', `#spec=x&text=${'a'.repeat(200_000)}`, 'longer than'],
    ['not base64', '#spec=x&text=%00', 'cannot be unpacked'],
    ['not deflated', `#spec=x&text=${btoa('hello')}`, 'cannot be unpacked'],
    ['cut off', `#spec=x&text=${packed(JSON.stringify([['a', 'b'.repeat(999)]])).slice(0, -3)}`, 'cannot be unpacked'],
    [
      'unpacked far longer than packed',
      `#spec=x&text=${packed(`[["a", "${'x'.repeat(50_000_000)}"]]`)}`,
      'cannot be unpacked',
    ],
    ['not JSON', `#spec=x&text=${packed('hello')}`, 'cannot be unpacked'],
    ['no list of files', `#spec=x&text=${packed('{"a":1}')}`, 'none of the playground'],
    ['files without a text', `#spec=x&text=${packed('[["a",1]]')}`, 'none of the playground'],
    ['too many files', `#spec=x&text=${packed(JSON.stringify(Array(101).fill(['a', ''])))}`, 'none of the playground'],
  ])('are refused in a sentence: %s', async (_, hash, words) => {
    expect(await fromLink(hash)).toEqual({ problem: expect.stringContaining(words) });
  });

  it('leave out bounds that are no numbers, and say nothing where there is nothing', async () => {
    expect(await fromLink('#spec=x&eot=-1&eff=1e9&crashes=2&constructor=1')).toEqual({
      spec: 'x',
      check: undefined,
      bounds: { crashes: 2 },
      edited: [],
    });
    expect(await fromLink('')).toBeUndefined();
    expect(await fromLink('#')).toBeUndefined();
  });
});
