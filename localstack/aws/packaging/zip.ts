import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** Lambda asks for no time, and a zip of the same files shall have the same bytes: the first moment a zip can name. */
const mtime = new Date('1980-01-01T00:00:00');

/** Everybody may read them, as Lambda demands. */
const mode = 0o100644;

/** Zips files, by their paths in the zip. The same files make the same bytes, on any machine and at any time. */
export async function zip(files: ReadonlyMap<string, Uint8Array>): Promise<Buffer> {
  const made = new ZipFile();
  for (const [path, content] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
    // The other stamp would be in UTC and differ between time zones.
    const options = { mtime, mode, compress: true, compressionLevel: 9, forceDosTimestamp: true };
    made.addBuffer(Buffer.from(content), path, options);
  }
  made.end();
  return buffer(made.outputStream);
}
