import type { LambdaFunction } from './lambda-function.ts';

/** So often a busy machine gets another chance to have a quiet moment. */
const tries = 25;

/** What a cold start costs, in ms of the main thread: the least of several, and no more of them once it is below the limit. */
export async function leastInitCpuMs(one: LambdaFunction, limitMs: number): Promise<number> {
  let least = Infinity;
  for (let n = 0; n < tries && least >= limitMs; n++) least = Math.min(least, await one.startAnother());
  return least;
}
