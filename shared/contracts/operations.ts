import { z } from 'zod';

export const health = z
  .object({
    status: z.enum(['healthy', 'unhealthy']),
    database: z.enum(['connected', 'disconnected']),
    timestamp: z.iso.datetime(),
  })
  .meta({ id: 'Health' });

export const jobsStatus = z
  .object({
    pending: z.int().meta({ description: 'Rows that wait for their next step' }),
    processing: z.int().meta({ description: 'Rows a worker holds now' }),
    completed: z.int().meta({ description: 'Rows whose work is done, whatever the outcome' }),
    failed: z.int().meta({ description: 'Webhook deliveries given up after their last attempt' }),
    worker_status: z.enum(['running', 'stopped']).meta({ description: 'running only while a worker reports in' }),
  })
  .meta({ id: 'JobsStatus' });
