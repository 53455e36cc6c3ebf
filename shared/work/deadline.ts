/** @throws Error naming `who` when `call` has not settled after `deadlineMs`. The call itself goes on, unheard. */
export async function withDeadline<T>(call: Promise<T>, deadlineMs: number, who: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${who} did not answer within ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    return await Promise.race([call, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
