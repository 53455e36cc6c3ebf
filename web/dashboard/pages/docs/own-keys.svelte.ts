import type { z } from 'zod';
import type { List } from '../../../../shared/contracts/lists.ts';
import type { merchantProfile } from '../../../../shared/contracts/merchants.ts';
import { get } from '../../api/api.ts';
import { Live } from '../../live/live.svelte.ts';

/** What the examples carry of the merchant who reads them. Make it in a component's init. */
export class OwnKeys {
  readonly #merchant = new Live<z.infer<typeof merchantProfile>>(() => '/merchants/me', { everyMs: Infinity });
  readonly #unpaid = new Live<List<{ id: string }>>(() => '/orders?status=created&limit=1', { everyMs: Infinity });
  /** Null until it is asked for: it has no business in a page before. */
  secret = $state.raw<string | null>(null);

  get key(): string {
    return this.#merchant.data?.api_key ?? 'YOUR_API_KEY';
  }
  /** An order to pay, or what one looks like. */
  get orderId(): string {
    return this.#unpaid.data?.data[0]?.id ?? 'order_NXhj67fGH2jk9mPq';
  }
  /** A secret that is not shown is a variable of the environment. */
  get headers(): Readonly<Record<string, string>> {
    return { 'X-Api-Key': this.key, 'X-Api-Secret': this.secret ?? '$GATEWAY_SECRET' };
  }

  /** @throws ApiError */
  async reveal(): Promise<void> {
    const { api_secret } = await get<{ api_secret: string }>('/merchants/me/api-secret');
    this.secret = api_secret;
  }
}
