/** What the API said last, by path, so that going back shows at once what stood there, and asks what has changed. */
export type Seen = { data: unknown; etag: string | null };

const mostPaths = 60;
const seen = new Map<string, Seen>();

export const recall = (path: string): Seen | null => seen.get(path) ?? null;

export function remember(path: string, answer: Seen): void {
  seen.delete(path);
  seen.set(path, answer);
  const [oldest] = seen.keys();
  if (seen.size > mostPaths && oldest !== undefined) seen.delete(oldest);
}

/** The next to sign in here sees nothing of the last. */
export const forgetSeen = (): void => seen.clear();
