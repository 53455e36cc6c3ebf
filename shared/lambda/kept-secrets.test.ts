import { expect, test } from '@jest/globals';
import { freshForMs, keptSecrets, type Secrets } from './kept-secrets.ts';

/** A store whose secrets a test sets, or takes away. */
function aStore(secrets: Secrets | Error) {
  const store = { secrets, reads: 0, atMs: 0, changes: [] as Secrets[], troubles: 0 };
  const kept = keptSecrets(
    async () => {
      store.reads++;
      if (store.secrets instanceof Error) throw store.secrets;
      return store.secrets;
    },
    {
      clockMs: () => store.atMs,
      onChange: async (changed) => {
        store.changes.push(changed);
      },
      onTrouble: () => {
        store.troubles++;
      },
    },
  );
  return { store, kept };
}

test('secrets are read once, and again when they are old', async () => {
  const { store, kept } = aStore({ A: '1' });
  for (store.atMs = 0; store.atMs < freshForMs; store.atMs += 1_000) await kept.beFresh();
  expect([store.reads, store.changes]).toEqual([1, [{ A: '1' }]]);
  await kept.beFresh();
  expect([store.reads, store.changes]).toEqual([2, [{ A: '1' }]]);
});

test('a rotation is told once', async () => {
  const { store, kept } = aStore({ A: '1', B: '2' });
  await kept.beFresh();
  store.secrets = { A: '1', B: '3' };
  store.atMs = freshForMs;
  await kept.beFresh();
  store.atMs = 2 * freshForMs;
  await kept.beFresh();
  expect(store.changes).toEqual([
    { A: '1', B: '2' },
    { A: '1', B: '3' },
  ]);
});

test('while the store is away the old secrets stay, and few ask', async () => {
  const { store, kept } = aStore({ A: '1' });
  await kept.beFresh();
  store.secrets = new Error('away');
  for (store.atMs = freshForMs; store.atMs < freshForMs + 60_000; store.atMs += 1_000) await kept.beFresh();
  expect([store.reads, store.troubles]).toEqual([3, 2]);
  store.secrets = { A: '2' };
  await kept.beFresh();
  expect(store.changes.at(-1)).toEqual({ A: '2' });
});

test('with none at all nothing can begin', async () => {
  const { store, kept } = aStore(new Error('away'));
  await expect(kept.beFresh()).rejects.toThrow('away');
  store.secrets = { A: '1' };
  await kept.beFresh();
  expect(store.changes).toEqual([{ A: '1' }]);
});
