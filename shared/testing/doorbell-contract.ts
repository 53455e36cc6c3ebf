import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { bellMessageOf } from '../queue/bell-message.ts';
import { type Bell, type Doorbell, type JobType, jobTypes, ringPatienceMs } from '../queue/doorbell.ts';
import { createLog } from '../runtime/log.ts';
import { ringAfterCommit } from '../work/ring-after-commit.ts';
import { leastMsOf } from './least-ms-of.ts';
import { until } from './until.ts';

/** What a doorbell needs around it to be examined. */
export type DoorbellUnderTest = {
  open(): Doorbell;
  /** A doorbell of the same kind whose queue is not there. */
  openAway(): Doorbell;
  /** Hears what comes out of the queues, until it is closed. */
  listen(heard: (type: JobType, message: unknown) => void): Promise<{ close(): Promise<void> }>;
};

/** A caller's patience, and what timers add to it. */
const boundMs = ringPatienceMs + 50;

/** Every implementation of the port passes this. */
export function doorbellContract(name: string, under: DoorbellUnderTest): void {
  describe(`the doorbell ${name}`, () => {
    const heard: { queue: JobType; message: unknown; atMs: number }[] = [];
    let doorbell: Doorbell;
    let listening: { close(): Promise<void> };

    beforeAll(async () => {
      listening = await under.listen((queue, message) => void heard.push({ queue, message, atMs: performance.now() }));
      doorbell = under.open();
    });
    afterAll(async () => {
      await doorbell.close();
      await listening.close();
    });

    /** On a busy machine a bell may be given up for its caller's sake; here it is rung until the queue has it. */
    const ringUntilTaken = (rung: readonly Bell[]) =>
      until('the queue takes the bells', () =>
        doorbell.ring(rung).then(
          () => true,
          (error: unknown) => String(error),
        ),
      );
    const bells = (count: number, delayMs = 0, type: JobType = 'settle-payment'): Bell[] =>
      Array.from({ length: count }, () => ({ type, id: randomUUID(), delayMs }));
    const idsHeard = () => new Set(heard.flatMap(({ message }) => bellMessageOf(message).ids));
    const missing = (rung: readonly Bell[]) => {
      const ids = idsHeard();
      return rung.filter(({ id }) => !ids.has(id)).length;
    };
    const allHeard = (rung: readonly Bell[], withinMs = 10_000) =>
      until(`${rung.length} bells are heard`, async () => missing(rung) === 0 || missing(rung), withinMs);
    const heardAt = (id: string) => heard.find(({ message }) => bellMessageOf(message).ids.includes(id))!.atMs;

    test('puts each type on its own queue, as ids and a version', async () => {
      const rung = jobTypes.flatMap((type) => bells(2, 0, type));
      await ringUntilTaken(rung);
      await allHeard(rung);
      for (const { type, id } of rung) {
        const found = heard.find(({ message }) => bellMessageOf(message).ids.includes(id))!;
        expect(found.queue).toBe(type);
        expect(found.message).toMatchObject({ v: 1, type });
      }
    });

    test('rings a late bell when it is due, and never before', async () => {
      const startedMs = performance.now();
      const [[soon], [later]] = [bells(1, 700), bells(1, 2_000)] as [[Bell], [Bell]];
      await ringUntilTaken([later, soon]);
      await allHeard([soon, later]);
      // A queue counts from when it got the bell, so it may be late by its grain and never early.
      expect(heardAt(soon.id) - startedMs).toBeGreaterThanOrEqual(695);
      expect(heardAt(later.id) - startedMs).toBeGreaterThanOrEqual(1_995);
      expect(heardAt(later.id) - startedMs).toBeLessThan(6_000);
    });

    test('rings a thousand bells of a thousand callers at once', async () => {
      const rung = bells(1_000);
      const ends = await Promise.allSettled(rung.map((bell) => doorbell.ring([bell])));
      const taken = rung.filter((_, n) => ends[n]!.status === 'fulfilled');
      expect(taken.length).toBeGreaterThan(0);
      await allHeard(taken, 20_000);
      // As the sweeper rings for what a busy machine gave up.
      await doorbell.ringOnce(rung.filter((bell) => !taken.includes(bell)));
      await allHeard(rung, 20_000);
    }, 40_000);

    test('rings for the sweeper, thousands in one call', async () => {
      const rung = [...bells(600), ...bells(600, 300, 'deliver-webhook')];
      await doorbell.ringOnce(rung);
      await allHeard(rung, 20_000);
    }, 40_000);

    test('rings nothing when there is nothing to ring', async () => {
      await doorbell.ring([]);
      await doorbell.ringOnce([]);
    });

    describe('whose queue is not there', () => {
      let away: Doorbell;
      beforeAll(() => {
        away = under.openAway();
      });
      afterAll(() => away.close());

      test('says so to whoever rings', async () => {
        await expect(away.ring(bells(3))).rejects.toThrow();
        await expect(away.ringOnce(bells(3))).rejects.toThrow();
      });

      test('holds no caller up longer than a quarter of a second, nor fails it', async () => {
        const deps = { doorbell: away, log: createLog('silent') };
        for (const count of [1, 50]) {
          const ring = () => Promise.all(bells(count).map((bell) => ringAfterCommit(deps, [bell])));
          expect(await leastMsOf(ring, boundMs)).toBeLessThan(boundMs);
        }
      });
    });

    test('closes, also when its queue is not there', async () => {
      const away = under.openAway();
      away.ring(bells(1)).catch(() => undefined);
      const startedMs = performance.now();
      await away.close();
      expect(performance.now() - startedMs).toBeLessThan(2_000);
    });
  });
}
