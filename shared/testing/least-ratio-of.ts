const manyRounds = 300;
/** A busy machine spoils a measurement now and then; a leak is there in every one. */
const measurements = 6;

/**
 * Times something done in several ways, and answers the slowest median by the fastest.
 * It measures again while that is not under `enough`, a few times, and answers the least.
 */
export async function leastRatioOf<Way>(
  ways: Record<string, Way>,
  perform: (way: Way) => Promise<unknown>,
  enough: number,
  rounds = manyRounds,
): Promise<number> {
  const ratios: number[] = [];
  while (ratios.length < measurements && !ratios.some((ratio) => ratio < enough)) {
    const medians = await mediansOf(Object.values(ways), perform, rounds);
    ratios.push(Math.max(...medians) / Math.min(...medians));
  }
  return Math.min(...ratios);
}

/** In turns, so that a busy moment of the machine falls on all alike. The first rounds warm up and do not count. */
async function mediansOf<Way>(
  ways: readonly Way[],
  perform: (way: Way) => Promise<unknown>,
  rounds: number,
): Promise<number[]> {
  const timesMs = ways.map((): number[] => []);
  for (let round = -rounds / 6; round < rounds; round++) {
    for (let turn = 0; turn < ways.length; turn++) {
      // Each goes first in its turn: whoever follows a pause pays for it.
      const index = (turn + round + rounds) % ways.length;
      const startedMs = performance.now();
      await perform(ways[index]!);
      if (round >= 0) timesMs[index]!.push(performance.now() - startedMs);
    }
  }
  return timesMs.map((times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!);
}
