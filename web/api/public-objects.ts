import type { z } from 'zod';
import type { publicOrder } from '../../shared/contracts/orders.ts';
import type { publicPayment } from '../../shared/contracts/payments.ts';

export type PublicOrder = z.infer<typeof publicOrder>;
export type PublicPayment = z.infer<typeof publicPayment>;
