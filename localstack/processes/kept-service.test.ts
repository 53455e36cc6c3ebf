import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { KeptService, type Witness } from './kept-service.ts';
import type { Service } from './service.ts';
import { spawnGuarded } from './spawn-guarded.ts';

const patience = { deaths: 3, withinMs: 30_000, firstPauseMs: 5, longestPauseMs: 20 };
const kept: KeptService[] = [];

/** A first life that ended before anybody looked would be a start that failed. */
const untilAllowed = 'until [ -e "$MAY_DIE" ]; do sleep 0.02; done; sleep 0.1';
let folder: string;
const mayDie = () => join(folder, 'may-die');
const allowToDie = () => writeFileSync(mayDie(), '');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-kept-'));
});
afterEach(async () => {
  await Promise.all(kept.splice(0).map((service) => service.stop()));
  rmSync(folder, { recursive: true });
});

/** `script` is told its how many-eth life it lives. */
function serviceOf(script: string): { service: Service; starts: () => number } {
  let starts = 0;
  let isUp = false;
  const service: Service = {
    name: 'patient',
    readyWithinMs: 5_000,
    isReady: () => Promise.resolve(isUp),
    spawn: () => {
      starts += 1;
      isUp = false;
      const onLine = (line: string) => (isUp ||= line === 'up');
      const args = ['-c', script, 'patient', String(starts)];
      return spawnGuarded({
        name: 'patient',
        file: '/bin/sh',
        args,
        stopSignal: 'TERM',
        forceSignal: 'SIGKILL',
        env: { MAY_DIE: mayDie() },
        onLine,
      });
    },
  };
  return { service, starts: () => starts };
}

function keep(service: Service): { kept: KeptService; deaths: string[]; end: Promise<string> } {
  const deaths: string[] = [];
  let gaveUp: Witness['gaveUp'] = () => undefined;
  const end = new Promise<string>((resolve) => (gaveUp = resolve));
  const one = new KeptService(service, { died: (_, how) => deaths.push(how), gaveUp }, patience);
  kept.push(one);
  return { kept: one, deaths, end };
}

test('a service that dies is started again', async () => {
  const { service, starts } = serviceOf(`echo up; [ "$1" -gt 1 ] || { ${untilAllowed}; exit 3; }; exec sleep 30`);
  const { kept, deaths } = keep(service);
  await kept.start();
  allowToDie();
  while (starts() < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(deaths).toEqual(['exit code 3']);
});

test('a service that keeps dying is given up, with its last words', async () => {
  const { service, starts } = serviceOf(`echo up; ${untilAllowed}; echo "life $1 is over"; exit 1`);
  const { kept, end } = keep(service);
  await kept.start();
  allowToDie();
  const lastWords = await end;
  expect(starts()).toBe(patience.deaths);
  expect(lastWords).toContain('patient died 3 times');
  expect(lastWords).toContain('life 3 is over');
});

test('a first start that fails is not tried again', async () => {
  const { service, starts } = serviceOf('echo "no such setting" >&2; exit 2');
  const { kept } = keep(service);
  await expect(kept.start()).rejects.toThrow(/ended while starting \(exit code 2\).*no such setting/s);
  expect(starts()).toBe(1);
});

test('a stopped service stays down', async () => {
  const { service, starts } = serviceOf('echo up; exec sleep 30');
  const { kept, deaths } = keep(service);
  await kept.start();
  await kept.stop();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([starts(), deaths]).toEqual([1, []]);
});
