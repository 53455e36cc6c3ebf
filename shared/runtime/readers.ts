/** What a setting's text says, or what it should have been, in words that end "must be ...". */
export type Reading<T> = { readonly value: T } | { readonly expected: string };

/**
 * Reads a setting. Every setting is a text with one sentence about it, so these few lines are all it takes; a schema library
 * would be a quarter of the code a job on Lambda loads.
 */
export type Reader<T> = (text: string) => Reading<T>;

export const textThat =
  (isRight: (text: string) => boolean, expected: string): Reader<string> =>
  (text) =>
    isRight(text) ? { value: text } : { expected };

export const textLike = (pattern: RegExp, expected: string): Reader<string> =>
  textThat((text) => pattern.test(text), expected);

export function oneOf<const T extends string>(...values: readonly T[]): Reader<T> {
  const expected = `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
  return (text) => {
    const value = values.find((one) => one === text);
    return value === undefined ? { expected } : { value };
  };
}

export const flag: Reader<boolean> = (text) => {
  const reading = oneOf('true', 'false')(text);
  return 'value' in reading ? { value: reading.value === 'true' } : reading;
};

export const whole =
  (min: number, max: number): Reader<number> =>
  (text) => {
    if (!/^\d+$/.test(text)) return { expected: 'a whole number' };
    const value = Number(text);
    return value >= min && value <= max ? { value } : { expected: `a whole number from ${min} to ${max}` };
  };

export const rate: Reader<number> = (text) =>
  /^(0(\.\d+)?|1(\.0+)?)$/.test(text) ? { value: Number(text) } : { expected: 'a rate from 0 to 1, such as 0.9' };

/**
 * What was copied along with an address, space around it or a line's end in it, is not part of it; whoever parses it later
 * would disagree on that.
 * @param beginning with the scheme.
 */
export const url =
  (beginning: RegExp, example: string): Reader<string> =>
  (text) => {
    const value = text.trim().replace(/[\t\n\r]/g, '');
    return beginning.test(value) && URL.canParse(value) ? { value } : { expected: `a URL such as ${example}` };
  };
