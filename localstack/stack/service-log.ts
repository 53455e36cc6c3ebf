import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { OnLine } from '../processes/running.ts';

/** How much of a log the terminal shows, too. */
export type Loudness = 'quiet' | 'warnings' | 'all';

export interface LogOptions {
  folder: string;
  loudness: Loudness;
  show: (line: string) => void;
}

const WARNING = 40;
const ROTATE_AT_BYTES = 5 * 1024 * 1024;

/** Everything goes to `<folder>/<name>.log`; what a person should see now goes to the terminal, too. */
export function serviceLog(name: string, { folder, loudness, show }: LogOptions): OnLine {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.log`);
  rotate(path);
  const file = createWriteStream(path, { flags: 'a' });
  // A full disk must not stop the gateway.
  file.on('error', () => undefined);
  return (line, stream) => {
    file.write(`${line}\n`);
    if (loudness === 'quiet') return;
    const shown = loudness === 'all' ? line : worthShowing(line, stream);
    if (shown?.trim()) show(`${name} | ${shown}`);
  };
}

/** What the terminal shows of a line: warnings and errors in short, and whatever is written to stderr outside the log format. */
export function worthShowing(line: string, stream: 'stdout' | 'stderr'): string | undefined {
  // Most lines are informational ones of a busy API: decided without parsing.
  if (line.startsWith('{"level":30')) return undefined;
  const entry = parseEntry(line);
  if (entry === undefined) return stream === 'stderr' ? stripVTControlCharacters(line) : undefined;
  return levelOf(entry) >= WARNING ? shorten(entry) : undefined;
}

interface Entry {
  level: number | string;
  msg?: string;
  err?: { message?: string };
}

function parseEntry(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line) as Partial<Entry>;
    return entry.level === undefined ? undefined : (entry as Entry);
  } catch {
    return undefined;
  }
}

const NAMED_LEVELS: Record<string, number> = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 };

function levelOf({ level }: Entry): number {
  return typeof level === 'number' ? level : (NAMED_LEVELS[level.toLowerCase()] ?? WARNING);
}

function shorten(entry: Entry): string {
  const { msg = '', err } = entry;
  const word = levelOf(entry) > WARNING ? 'error' : 'warning';
  return `${word}: ${msg}${err?.message ? ` (${err.message})` : ''}`;
}

function rotate(path: string): void {
  try {
    if (statSync(path).size > ROTATE_AT_BYTES) renameSync(path, `${path}.old`);
  } catch {
    // No log yet.
  }
}
