import { send } from '../../api/api.ts';

/**
 * All rows that a filter lets through, as one CSV with one head. The API gives a part at a time and says where the next
 * begins; `onrows` hears how many have come.
 *
 * @throws ApiError when a part cannot be had: half an export is none.
 */
export async function exportPayments(
  filter: string,
  onrows: (count: number) => void,
  ask: (path: string) => Promise<Response> = send,
): Promise<{ csv: Blob; rows: number }> {
  const parts: string[] = [];
  let rows = 0;
  for (let before: string | null = ''; before !== null;) {
    const query = new URLSearchParams(filter);
    if (before) query.set('before', before);
    const response = await ask(`/payments/export?${query.toString()}`);
    const text = await response.text();
    rows += recordsIn(text) - (parts.length === 0 ? 1 : 0);
    parts.push(text);
    onrows(rows);
    before = response.headers.get('X-Next-Before');
  }
  return { csv: new Blob(parts, { type: 'text/csv;charset=utf-8' }), rows };
}

/** Lines of a CSV, where a line within quotation marks belongs to its field. */
function recordsIn(csv: string): number {
  const bare = csv.replace(/"[^"]*"/g, '');
  return bare.trimEnd() === '' ? 0 : bare.trimEnd().split('\n').length;
}
