/** More than this per merchant is left to the sweeper, which reads them from the database. */
const maxWaiting = 10_000;

/**
 * The deliveries this process turned away because their merchant had enough in flight, first come, first served. Each
 * delivery that ends calls in the next, so a backlog flows at the merchant's full share. Nothing depends on it: what a
 * dead process had here is overdue in the database, where the sweeper finds it.
 */
export function createWaitingRoom() {
  const waiting = new Map<string, Set<string>>();
  return {
    enter: (merchantId: string, id: string): void => {
      const room = waiting.get(merchantId) ?? new Set();
      if (room.size < maxWaiting) waiting.set(merchantId, room.add(id));
    },
    next: (merchantId: string): string | undefined => {
      const room = waiting.get(merchantId);
      const [first] = room ?? [];
      if (first === undefined) return undefined;
      room?.delete(first);
      if (room?.size === 0) waiting.delete(merchantId);
      return first;
    },
  };
}
