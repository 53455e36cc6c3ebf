/**
 * The same database, for a reader that takes its time: what is written through it fails, whatever writes. What stands
 * in the URL wins over what the pool asks for.
 */
export function readOnlyUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const options = {
    default_transaction_read_only: 'on',
    statement_timeout: '0',
    // A migration that holds a table is met with a finding and not with a wait.
    lock_timeout: '2000',
    idle_in_transaction_session_timeout: '60000',
  };
  const own = Object.entries(options).map(([name, value]) => `-c ${name}=${value}`);
  url.searchParams.set('options', [url.searchParams.get('options') ?? '', ...own].join(' ').trim());
  url.searchParams.set('application_name', 'payment-gateway-doctor');
  url.searchParams.set('query_timeout', '600000');
  return url.href;
}
