import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimDataFolder, emptyDataFolder } from './data-folder.ts';

let path: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'gateway-data-'));
});

afterEach(() => rmSync(path, { recursive: true }));

test('a folder has one owner at a time', () => {
  const first = claimDataFolder(path);
  expect(first.wasAbandoned).toBe(false);
  expect(() => claimDataFolder(path)).toThrow(`A gateway is already running on ${path} (pid ${process.pid})`);
  first.release();
  expect(claimDataFolder(path).wasAbandoned).toBe(false);
});

test('the claim of a process that is gone does not count, not even if its pid was given to another', () => {
  writeFileSync(join(path, 'gateway.pid'), `${process.pid} 12`);
  expect(claimDataFolder(path).wasAbandoned).toBe(true);
});

test('a claim that was cut short while being written does not count', () => {
  writeFileSync(join(path, 'gateway.pid'), '');
  expect(claimDataFolder(path).wasAbandoned).toBe(true);
});

test('beginning anew removes what is ours and nothing else', () => {
  mkdirSync(join(path, 'postgres'));
  writeFileSync(join(path, 'thesis.txt'), 'ten years of work');
  emptyDataFolder(path);
  expect(existsSync(join(path, 'postgres'))).toBe(false);
  expect(existsSync(join(path, 'thesis.txt'))).toBe(true);
});
