import type { ApiError } from '../../../../api/api-error.ts';
import { put } from '../../../api/api.ts';
import type { Merchant } from '../webhook-types.ts';

/** The URL as it is being written, and what the gateway said to it. */
export class ConfigForm {
  /** Null until somebody writes: then the field shows what is saved. */
  #draft = $state.raw<string | null>(null);
  #saved = $state.raw('');
  complaint = $state.raw<string | null>(null);
  isSaving = $state(false);
  /** Saved a moment ago. */
  isSaved = $state(false);

  get url(): string {
    return this.#draft ?? this.#saved;
  }
  get isChanged(): boolean {
    return this.url.trim() !== this.#saved;
  }
  get hasUrl(): boolean {
    return this.#saved !== '';
  }

  load(merchant: Merchant): void {
    this.#saved = merchant.webhook_url ?? '';
  }

  write(url: string): void {
    this.#draft = url;
    this.complaint = null;
    this.isSaved = false;
  }

  /** The gateway judges the URL; an empty one clears it. */
  async save(): Promise<void> {
    this.isSaving = true;
    this.complaint = null;
    this.isSaved = false;
    try {
      this.load(await put<Merchant>('/merchants/me', { webhook_url: this.url.trim() || null }));
      this.#draft = null;
      this.isSaved = true;
    } catch (error) {
      this.complaint = (error as ApiError).message;
    } finally {
      this.isSaving = false;
    }
  }
}
