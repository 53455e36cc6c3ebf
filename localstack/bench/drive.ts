import { StartupError } from '../startup-error.ts';
import { latencyOf, type Latency } from './latency.ts';

export interface Drive {
  /** How many loops run side by side, each asking again as soon as it is answered. */
  connections: number;
  seconds: number;
  /** One round trip, or `false` when there is nothing left to do it with. @throws when the answer is not the right one. */
  roundTrip: () => Promise<boolean | undefined>;
}

export interface Driven extends Latency {
  perSecond: number;
  failed: number;
  firstFailure?: string;
}

const WARM_UP_SECONDS = 0.5;
/** A gateway that is away or refuses us gives no figures, only a busy loop. */
const HOPELESS_AFTER = 200;

/** Warms up, then measures. Failed round trips are counted, but are in no rate and no percentile. */
export async function drive(work: Drive): Promise<Driven> {
  await loops({ ...work, seconds: WARM_UP_SECONDS });
  const startedAt = performance.now();
  const { samplesMs, failures, firstFailure } = await loops(work);
  const elapsedMs = performance.now() - startedAt;
  return {
    ...latencyOf(samplesMs),
    perSecond: (samplesMs.length / elapsedMs) * 1_000,
    failed: failures,
    ...(firstFailure !== undefined && { firstFailure }),
  };
}

async function loops({ connections, seconds, roundTrip }: Drive) {
  const samplesMs: number[] = [];
  let failures = 0;
  let firstFailure: string | undefined;
  const endsAt = performance.now() + seconds * 1_000;
  const loop = async () => {
    for (let startedAt = performance.now(); startedAt < endsAt; startedAt = performance.now()) {
      try {
        if ((await roundTrip()) === false) return;
        samplesMs.push(performance.now() - startedAt);
      } catch (error) {
        failures++;
        firstFailure ??= error instanceof Error ? error.message : String(error);
        if (failures > HOPELESS_AFTER && failures > samplesMs.length) {
          throw new StartupError(`Most requests fail, so there is nothing to measure: ${firstFailure}`);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  return { samplesMs, failures, firstFailure };
}
