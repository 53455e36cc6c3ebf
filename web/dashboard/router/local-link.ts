/** The page of ours that a click on a link asks for, or null when the browser had better follow it by itself. */
export function localLink(event: MouseEvent, isPage: (path: string) => boolean): URL | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link?.href || link.target || link.hasAttribute('download')) return null;
  const url = new URL(link.href);
  // A place within a page is the browser's to find.
  if (url.origin !== location.origin || url.hash || !isPage(url.pathname)) return null;
  return url;
}
