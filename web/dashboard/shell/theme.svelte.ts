const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Where theme.js finds it before the first paint. */
const kept = 'theme';

const isTheme = (value: string | null): value is Theme => themes.some((theme) => theme === value);

function read(): Theme {
  try {
    const value = localStorage.getItem(kept);
    return isTheme(value) ? value : 'system';
  } catch {
    return 'system';
  }
}

class ThemeHolder {
  #chosen = $state.raw<Theme>(read());

  get chosen(): Theme {
    return this.#chosen;
  }

  choose(theme: Theme): void {
    this.#chosen = theme;
    document.documentElement.dataset['theme'] = theme;
    try {
      localStorage.setItem(kept, theme);
    } catch {
      // Then it holds until the page is left.
    }
  }

  next(): Theme {
    return themes[(themes.indexOf(this.#chosen) + 1) % themes.length] ?? 'system';
  }
}

export const theme = new ThemeHolder();
