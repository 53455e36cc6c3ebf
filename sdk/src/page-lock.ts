import { adoptStyles } from './adopt-styles.ts';

/**
 * Stops the page from scrolling until the returned function is called. A sheet of our own and no inline style: then
 * there is nothing of the page's to put back, whatever it did to itself meanwhile.
 */
export function lockPage(): () => void {
  const { scrollX, scrollY } = window;
  const html = document.documentElement;
  const { overflowY, paddingInlineEnd } = getComputedStyle(html);
  const widthPx = html.clientWidth;
  // The window scrolls by the overflow of the body unless the root has its own; the other one is a box to leave alone.
  const free = important(overflowY === 'visible' ? 'body' : 'html', 'overflow:hidden');
  // The scrollbar's place stays taken, so that nothing moves.
  const fill = important('html', `padding-inline-end:calc(${paddingInlineEnd} + ${html.clientWidth - widthPx}px)`);
  return () => {
    fill();
    free();
    scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
  };
}

const important = (element: string, declaration: string) =>
  adoptStyles(`@layer payment-gateway{${element}{${declaration}!important}}`);
