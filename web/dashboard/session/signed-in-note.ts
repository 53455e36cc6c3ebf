const name = 'signed_in';

/**
 * The cookie is not for scripts to see, so a note beside it says whether asking for the session makes sense: who has never
 * signed in here is not worth a refusal. Where nothing can be kept it is always worth asking.
 */
export function isPerhapsSignedIn(): boolean {
  try {
    return localStorage.getItem(name) !== null;
  } catch {
    return true;
  }
}

export function noteSignedIn(isSignedIn: boolean): void {
  try {
    if (isSignedIn) localStorage.setItem(name, '1');
    else localStorage.removeItem(name);
  } catch {
    // Then it is asked.
  }
}
