import type { MerchantApi } from './merchant-api.ts';

/** Orders nobody has paid yet. Every payment takes a fresh one, as a shop's would. */
export class OrderStock {
  readonly #ids: string[] = [];

  add(id: string): void {
    this.#ids.push(id);
  }

  take(): string | undefined {
    return this.#ids.pop();
  }

  /** Fills up to `size` outside any measurement. */
  async fill(api: MerchantApi, size: number, connections: number): Promise<void> {
    const loop = async () => {
      while (this.#ids.length < size) this.add(await api.createOrder());
    };
    await Promise.all(Array.from({ length: connections }, loop));
  }
}
