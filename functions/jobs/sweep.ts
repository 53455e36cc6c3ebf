import { tick } from '../../shared/jobs/chains.ts';
import { sweepAndReport } from '../../shared/work/sweep-and-report.ts';

export const handler = tick(sweepAndReport);
