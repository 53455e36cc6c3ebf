export interface Latency {
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
}

/** Percentiles by nearest rank: the smallest sample that at least this share of all samples does not exceed. */
export function latencyOf(samplesMs: readonly number[]): Latency {
  const sorted = Float64Array.from(samplesMs).sort();
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}
