import { parseMoney, whatIsWrongWithAmount } from '../../../ui/money/parse-money.ts';

/** As the API has them; importing them would bring its whole validation into the page. */
const minAmountMinor = 100;
const maxAmountMinor = 999_999_999_999;
const mostNotes = 15;

export type Draft = { amount: string; receipt: string; notes: readonly { name: string; value: string }[] };
export type NewOrder = { amount: number; currency: 'INR'; receipt: string | null; notes: Record<string, string> };
export type Wrong = { amount: string | null; receipt: string | null; notes: string | null };

/** What is wrong with a draft, each field in a sentence that helps; nulls when it can be sent. */
export function whatIsWrong({ amount, receipt, notes }: Draft): Wrong {
  const names = notes.map(({ name }) => name.trim()).filter((name) => name !== '');
  const hasValueAlone = notes.some(({ name, value }) => name.trim() === '' && value.trim() !== '');
  return {
    amount: whatIsWrongWithAmount(parseMoney(amount), { min: minAmountMinor, max: maxAmountMinor }),
    receipt: receipt.trim().length > 255 ? 'At most 255 characters.' : null,
    notes: hasValueAlone
      ? 'Give the note a name.'
      : new Set(names).size < names.length
        ? 'Two notes have the same name.'
        : names.length > mostNotes
          ? `At most ${mostNotes} notes.`
          : null,
  };
}

/** The body to send, or null while something is wrong. Notes without a name are left out. */
export function orderFrom(draft: Draft): NewOrder | null {
  const amount = parseMoney(draft.amount);
  if (amount === null || Object.values(whatIsWrong(draft)).some((words) => words !== null)) return null;
  const notes = draft.notes
    .filter(({ name }) => name.trim() !== '')
    .map(({ name, value }) => [name.trim(), value.trim()]);
  return {
    amount,
    currency: 'INR',
    receipt: draft.receipt.trim() || null,
    notes: Object.fromEntries(notes) as Record<string, string>,
  };
}
