/** The contract's `vpaPattern`, without the schema library that comes with it; a test holds the two together. */
const shape = /^[a-zA-Z0-9._-]+@[a-zA-Z0-9]+$/;
/** NPCI's limit. */
const longest = 255;

/** Keyboards put a space at the end, and in the middle it can only be a slip. */
export const tidyVpa = (text: string) => text.replace(/\s/g, '');

/** @returns the sentence that helps, or null. */
export function whatIsWrongWithVpa(text: string): string | null {
  const vpa = tidyVpa(text);
  if (vpa === '') return 'Enter your UPI ID, for example name@bank.';
  if (!vpa.includes('@')) return 'The part after the @ is missing, for example name@bank.';
  if (vpa.length <= longest && shape.test(vpa)) return null;
  if (vpa.startsWith('@')) return 'The part before the @ is missing, for example name@bank.';
  if (vpa.endsWith('@')) return 'The part after the @ is missing, for example name@bank.';
  if (/@.*\./.test(vpa)) return 'That looks like an email address. A UPI ID looks like name@bank.';
  return 'A UPI ID has letters, digits, dots and dashes, then @ and a bank, for example name@bank.';
}
