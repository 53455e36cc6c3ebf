import type { Visibility } from './polling.ts';

export const ofThisPage: Visibility = {
  isHidden: () => document.hidden,
  watch: (onchange) => {
    document.addEventListener('visibilitychange', onchange);
    return () => document.removeEventListener('visibilitychange', onchange);
  },
};
