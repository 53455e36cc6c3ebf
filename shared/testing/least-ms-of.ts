/** How long `work` takes when the machine lets it: the least of a few runs, since a busy machine only ever adds. */
export async function leastMsOf(work: () => Promise<unknown>, runs = 5): Promise<number> {
  let leastMs = Infinity;
  for (let run = 0; run < runs; run++) {
    const startedMs = performance.now();
    await work();
    leastMs = Math.min(leastMs, performance.now() - startedMs);
  }
  return leastMs;
}
