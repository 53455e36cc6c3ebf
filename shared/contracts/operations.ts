import { z } from 'zod';

const time = z.iso.datetime().meta({ description: 'UTC', examples: ['2030-01-15T10:31:10.000Z'] });

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

/** What a person calls the kinds of work there are. */
export const workType = z.enum(['settle_payment', 'settle_refund', 'deliver_webhook']);
export type WorkType = z.infer<typeof workType>;

const workId = z
  .string()
  .meta({ description: 'Of the payment, refund or delivery', examples: ['pay_NXhj67fGH2jk9mPq'] });

const workCounts = z
  .object({
    type: workType,
    pending: z.int().meta({ description: 'What waits for its next step, due or not yet' }),
    processing: z.int().meta({ description: 'What a worker holds now' }),
    completed: z.int().meta({ description: 'What is done; a payment that was declined is done, too' }),
    failed: z.int().meta({ description: 'Refunds the bank refused, and deliveries given up' }),
    oldest_waiting_seconds: z
      .int()
      .nullable()
      .meta({ description: 'How long the oldest that is due has waited for a worker; null when none does' }),
  })
  .meta({ id: 'WorkCounts' });

const dueWork = z
  .object({ type: workType, id: workId, due_at: time, attempt: z.int().meta({ description: 'The next one, from 1' }) })
  .meta({ id: 'DueWork' });

const failedWork = z
  .object({
    type: workType,
    id: workId,
    error: z.string(),
    at: time,
    is_own: z
      .boolean()
      .meta({ description: 'Whether it is yours; what is not can be seen by an operator, and not retried' }),
  })
  .meta({ id: 'FailedWork' });

export const queues = z
  .object({
    scope: z.enum(['all', 'own']).meta({ description: "An operator sees every merchant's work, others their own" }),
    worker: z.object({
      status: z.enum(['running', 'stopped']),
      last_seen_at: time.nullable(),
      workers: z.int().meta({ description: 'How many have reported in lately' }),
    }),
    jobs: z.array(workCounts).meta({ description: 'One of each type' }),
    due_next: z.array(dueWork).meta({ description: 'At most 10, the soonest first' }),
    failed: z.array(failedWork).meta({ description: 'At most 20, the newest first' }),
    board_url: z
      .string()
      .nullable()
      .meta({ description: 'The board of the queues themselves, for operators of a sandbox' }),
  })
  .meta({ id: 'Queues' });
