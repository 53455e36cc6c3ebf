import { type Model, shown } from './model.ts';

/** What one thread of work remembers between its steps. */
export type Notes = { isOver?: boolean; claim?: number; isLate?: boolean; isRecorded?: boolean };

/** Happens at one moment, or not at all. @returns why it cannot have happened at this one. */
export type Step = (model: Model, notes: Notes) => string | undefined;

/** Steps in their order; the steps of several threads mix as they like. */
export type Thread = readonly Step[];

type State = { model: Model; notes: Notes[]; at: number[] };

/**
 * Finds an order of the steps after which the model shows what the API shows, and answers that model.
 * @throws Error when nothing that the contract allows looks like this.
 */
export function explain(model: Model, threads: readonly Thread[], seen: readonly string[]): Model {
  const complaints = new Set<string>();
  const tried = new Set<string>();

  const search = (state: State): Model | undefined => {
    if (threads.every((thread, index) => state.at[index] === thread.length)) {
      const difference = differenceOf(shown(state.model), seen);
      if (difference === undefined) return state.model;
      complaints.add(difference);
      return undefined;
    }
    for (const [index, thread] of threads.entries()) {
      const step = thread[state.at[index] ?? 0];
      if (step === undefined) continue;
      const next = structuredClone(state);
      const complaint = step(next.model, next.notes[index] ?? {});
      next.at[index] = (next.at[index] ?? 0) + 1;
      if (complaint !== undefined) complaints.add(complaint);
      else if (isNew(next)) {
        const found = search(next);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  // Many orders lead to the same place; without this, five requests at once would take minutes to refute.
  const isNew = (state: State): boolean => {
    if (threads.length < 3) return true;
    const size = tried.size;
    return tried.add(JSON.stringify(state)).size > size;
  };

  const found = search({ model, notes: threads.map(() => ({})), at: threads.map(() => 0) });
  if (found !== undefined) return found;
  throw new Error(`Nothing that is allowed looks like this:\n${[...complaints].slice(0, 8).join('\n')}`);
}

function differenceOf(expected: readonly string[], seen: readonly string[]): string | undefined {
  const lines = [
    ...expected.filter((line) => !seen.includes(line)).map((line) => `  expected  ${line}`),
    ...seen.filter((line) => !expected.includes(line)).map((line) => `  seen      ${line}`),
  ];
  return lines.length === 0 ? undefined : lines.join('\n');
}
