type Waiting<Item, Result> = {
  item: Item;
  resolve: (result: Result) => void;
  reject: (reason: unknown) => void;
};

/**
 * Turns a function over many items into one over a single item: calls that come while a flush is under way wait
 * and go together in the next. An idle system answers at once, a busy one shares statements (as a database's group
 * commit does), and callers keep the plain story of one row.
 *
 * @param flush answers one result per item, in the same order.
 * @param options.retryAlone whether an error is one item's fault: each item of that flush is then tried alone, so that
 * a bad one does not take the others down. Of any other error all of them hear at once; a store that is away must not be
 * asked two hundred times in a row.
 * @param options.maxWaiting how many may wait; a call beyond it is rejected at once.
 */
export function coalesce<Item, Result>(
  flush: (items: readonly Item[]) => Promise<readonly Result[]>,
  {
    maxItems = 200,
    maxFlights = 2,
    maxWaiting = Infinity,
    retryAlone = () => false,
  }: { maxItems?: number; maxFlights?: number; maxWaiting?: number; retryAlone?: (error: unknown) => boolean } = {},
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let flights = 0;
  let scheduled = false;

  const takeOff = () => {
    scheduled = false;
    while (flights < maxFlights && waiting.length > 0) {
      flights++;
      void fly(waiting.splice(0, maxItems)).finally(() => {
        flights--;
        takeOff();
      });
    }
  };

  const fly = async (batch: Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await flush(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index] as Result));
    } catch (error) {
      if (batch.length > 1 && retryAlone(error)) for (const one of batch) await fly([one]);
      else for (const { reject } of batch) reject(error);
    }
  };

  return (item) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= maxWaiting) {
        reject(new Error(`${waiting.length} calls wait already`));
        return;
      }
      waiting.push({ item, resolve, reject });
      if (scheduled || flights >= maxFlights) return;
      scheduled = true;
      // After the current round of I/O callbacks: whoever woke up together flies together.
      setImmediate(takeOff);
    });
}
