const kept = 'letter_keys';

function areKeptOff(): boolean {
  try {
    return localStorage.getItem(kept) === 'off';
  } catch {
    return false;
  }
}

/**
 * Keys that do something without Ctrl or ⌘. They can be turned off, since who speaks to a computer writes letters without
 * meaning to (WCAG 2.2, 2.1.4 Character Key Shortcuts).
 */
class LetterKeys {
  #areOn = $state.raw(!areKeptOff());

  get areOn(): boolean {
    return this.#areOn;
  }

  turn(on: boolean): void {
    this.#areOn = on;
    try {
      if (on) localStorage.removeItem(kept);
      else localStorage.setItem(kept, 'off');
    } catch {
      // Then it holds until the page is left.
    }
  }

  /** Whether this is one of `keys` and meant as one, not typed into something or pressed while a dialog is open. */
  means(event: KeyboardEvent, ...keys: readonly string[]): boolean {
    if (!this.#areOn || !keys.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return false;
    return !document.activeElement?.closest('input, select, textarea') && !document.querySelector('dialog[open]');
  }
}

export const letterKeys = new LetterKeys();
