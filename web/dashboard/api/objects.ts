import type { z } from 'zod';
import type { List } from '../../../shared/contracts/lists.ts';
import type { merchantProfile } from '../../../shared/contracts/merchants.ts';
import type { order } from '../../../shared/contracts/orders.ts';
import type { payment } from '../../../shared/contracts/payments.ts';
import type { refund } from '../../../shared/contracts/refunds.ts';
import type { stats } from '../../../shared/contracts/stats.ts';
import type { timeline } from '../../../shared/contracts/timeline.ts';

export type Merchant = z.infer<typeof merchantProfile>;
export type Order = z.infer<typeof order>;
export type Payment = z.infer<typeof payment>;
export type Refund = z.infer<typeof refund>;
export type Stats = z.infer<typeof stats>;
export type TimelineEntry = z.infer<typeof timeline>['data'][number];
export type { List };
