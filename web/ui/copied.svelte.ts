/** Copies, and says for two seconds whether it did. */
export class Copied {
  state = $state.raw<'idle' | 'copied' | 'refused'>('idle');
  #timer: ReturnType<typeof setTimeout> | undefined;

  async copy(text: string): Promise<void> {
    clearTimeout(this.#timer);
    this.state = await navigator.clipboard.writeText(text).then(
      () => 'copied' as const,
      () => 'refused' as const,
    );
    this.#timer = setTimeout(() => (this.state = 'idle'), 2000);
  }
}
