/** Where to go once signed in: within the dashboard, whatever the address asks for. */
export function nextAfter(wanted: string | null): string {
  const home = '/dashboard';
  if (wanted === null || !URL.canParse(wanted, 'http://here.invalid')) return home;
  const { origin, pathname, search } = new URL(wanted, 'http://here.invalid');
  const isOurs = origin === 'http://here.invalid' && (pathname === home || pathname.startsWith(`${home}/`));
  return isOurs ? pathname + search : home;
}
