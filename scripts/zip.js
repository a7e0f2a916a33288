/**
 * A zip archive of some files (PKWARE's APPNOTE, without what came after version 2.0): enough for a package of an
 * editor, and the same bytes for the same files.
 */
import { crc32, deflateRawSync } from 'node:zlib';

/** Files have no date of their own: 1 January 1980, the first that there is. */
const DATE = 0x21;
const DEFLATED = 8;
const UTF8 = 0x800;

/** @param {[string, Uint8Array][]} files by name, with forward slashes */
export function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of files) {
    const packed = deflateRawSync(content, { level: 9 });
    const path = Buffer.from(name);
    // What both headers have, from the version on.
    const common = fields([2, 20], [2, UTF8], [2, DEFLATED], [2, 0], [2, DATE], [4, crc32(content)]);
    const sizes = fields([4, packed.length], [4, content.length], [2, path.length], [2, 0]);
    const local = Buffer.concat([fields([4, 0x04034b50]), common, sizes, path]);
    const rest = fields([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
    directory.push(fields([4, 0x02014b50], [2, 20]), common, sizes, rest, path);
    parts.push(local, packed);
    offset += local.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const count = files.length;
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, central.length], [4, offset], [2, 0]);
  return Buffer.concat([...parts, central, end]);
}

/** Little-endian numbers, each with its size in bytes. */
function fields(...numbers) {
  return Buffer.concat(
    numbers.map(([size, value]) => {
      const buffer = Buffer.alloc(size);
      buffer.writeUIntLE(value, 0, size);
      return buffer;
    }),
  );
}
