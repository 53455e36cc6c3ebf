import type { z } from 'zod';
import type { queues } from '../../../../shared/contracts/operations.ts';

export type Queues = z.infer<typeof queues>;
export type WorkCounts = Queues['jobs'][number];
