import type { WorkCounts } from './queues-types.ts';

export type Segment = { name: 'pending' | 'processing' | 'completed' | 'failed'; count: number; share: number };

/** Below this a piece of a bar cannot be seen, and three works that wait among a million done are what matters. */
const leastShare = 0.03;

/** The parts of a bar, in percent of it. What is there is seen, however little it is; the others give way for it. */
export function segmentsOf(counts: WorkCounts): Segment[] {
  const names = ['failed', 'processing', 'pending', 'completed'] as const;
  const total = names.reduce((sum, name) => sum + counts[name], 0);
  const wanted = names.map((name) => ({
    name,
    count: counts[name],
    weight: counts[name] === 0 ? 0 : Math.max(leastShare, counts[name] / total),
  }));
  const weight = wanted.reduce((sum, part) => sum + part.weight, 0);
  return wanted.map(({ name, count, weight: own }) => ({
    name,
    count,
    share: weight === 0 ? 0 : (own / weight) * 100,
  }));
}
