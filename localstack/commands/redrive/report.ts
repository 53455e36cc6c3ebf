import type { DeadLetter } from './dead-letters.ts';
import type { RedrivenQueue } from './redrive-queue.ts';

/** Of a queue with thousands the first ones say what is wrong. */
const shownLetters = 20;

export function redriveScreen(
  stage: string,
  queues: readonly RedrivenQueue[],
  { apply, now = new Date() }: { apply: boolean; now?: Date },
): string {
  const lines = queues.flatMap((queue) => linesOf(queue, { apply, now }));
  const movable = queues.flatMap(({ letters }) => letters).some(({ ids }) => ids !== undefined);
  const hint = `  Once the cause is mended, move them back: npm run redrive -- --stage ${stage} --apply`;
  return ['', ...lines, ...(movable && !apply ? ['', hint] : []), ''].join('\n');
}

function linesOf({ queue, letters, moved }: RedrivenQueue, { apply, now }: { apply: boolean; now: Date }): string[] {
  const left = letters.filter(({ ids }) => ids === undefined).length;
  const outcome = apply ? `, ${moved} moved back${left > 0 ? `, ${left} unreadable left` : ''}` : '';
  const more = letters.length > shownLetters ? [`    and ${letters.length - shownLetters} more`] : [];
  return [
    letters.length === 0 ? `  ${queue}: empty` : `  ${queue}: ${plural(letters.length, 'message')}${outcome}`,
    ...letters.slice(0, shownLetters).map((letter) => `    ${lineOf(letter, now)}`),
    ...more,
  ];
}

const lineOf = ({ ids, body, sentAt, receives }: DeadLetter, now: Date) =>
  `${ids?.join(' ') ?? `unreadable: ${JSON.stringify(body.slice(0, 60))}`}   ` +
  `sent ${age(secondsSince(sentAt, now))} ago, received ${plural(receives, 'time')}`;

export function redriveJson(stage: string, queues: readonly RedrivenQueue[], now = new Date()): string {
  const shown = queues.map(({ type, queue, letters, moved }) => ({
    type,
    queue,
    moved,
    letters: letters.map(({ messageId, ids, body, sentAt, receives }) => ({
      message_id: messageId,
      ids: ids ?? null,
      body,
      age_s: secondsSince(sentAt, now),
      receives,
    })),
  }));
  return JSON.stringify({ stage, queues: shown });
}

const secondsSince = (time: Date, now: Date) => Math.max(0, Math.round((now.getTime() - time.getTime()) / 1_000));

function age(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 2 * 3_600) return `${Math.round(seconds / 60)} min`;
  return seconds < 2 * 86_400 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`;
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
