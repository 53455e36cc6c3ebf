import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './find-chromium.ts';

describe('finding a Chromium', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'chromium-'));
    writeFileSync(join(folder, 'mine'), '');
    chmodSync(join(folder, 'mine'), 0o755);
    writeFileSync(join(folder, 'plain-file'), '');
    chmodSync(join(folder, 'plain-file'), 0o644);
    mkdirSync(join(folder, 'folder'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('takes the one that is named', () => {
    expect(findChromium({ CHROMIUM_PATH: join(folder, 'mine'), PATH: process.env.PATH })).toBe(join(folder, 'mine'));
  });

  test.each(['nothing', 'plain-file', 'folder'])('takes no other when %s is named', (name) => {
    expect(findChromium({ CHROMIUM_PATH: join(folder, name), PATH: process.env.PATH })).toBeUndefined();
  });
});
