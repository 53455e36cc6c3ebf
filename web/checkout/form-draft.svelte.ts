/** The state of one form: what is written, what is wrong with it, and what of that may be said already. */
export class FormDraft<Field extends string> {
  readonly #fields: readonly Field[];
  readonly #whatIsWrong: (entry: Record<Field, string>) => Record<Field, string | null>;
  entry: Readonly<Record<Field, string>>;
  #complained = $state.raw<readonly Field[]>([]);

  /** @param fields in the order they are looked at. */
  constructor(
    fields: readonly Field[],
    empty: Record<Field, string>,
    whatIsWrong: (entry: Record<Field, string>) => Record<Field, string | null>,
  ) {
    this.#fields = fields;
    this.#whatIsWrong = whatIsWrong;
    this.entry = $state.raw(empty);
  }

  readonly #wrong = $derived.by(() => this.#whatIsWrong(this.entry));

  complaint(field: Field): string | null {
    return this.#complained.includes(field) ? this.#wrong[field] : null;
  }

  write(field: Field, text: string): void {
    this.entry = { ...this.entry, [field]: text };
    // What became right is not complained about again before it is left.
    this.#complained = this.#complained.filter((each) => this.#wrong[each] !== null);
  }

  /** An empty field that is left is one that is not reached yet. */
  leave(field: Field): void {
    if (this.entry[field].trim() !== '') this.#complained = [...this.#complained, field];
  }

  /** @returns the first field that is wrong, or null when all is well. */
  submit(): Field | null {
    this.#complained = this.#fields;
    return this.firstWrong();
  }

  firstWrong(): Field | null {
    return this.#fields.find((field) => this.#wrong[field] !== null) ?? null;
  }

  fill(entry: Partial<Record<Field, string>>): void {
    this.entry = { ...this.entry, ...entry };
    this.#complained = [];
  }
}
