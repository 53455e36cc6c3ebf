import type { z } from 'zod';
import type { session as sessionContract } from '../../../shared/contracts/sessions.ts';
import type { ApiError } from '../../api/api-error.ts';
import { connection, get, post } from '../api/api.ts';
import { ofThisPage } from '../live/of-this-page.ts';
import { forgetSeen } from '../live/seen.ts';
import { router } from '../router/router.svelte.ts';
import { isPerhapsSignedIn, noteSignedIn } from './signed-in-note.ts';

export type Session = z.infer<typeof sessionContract>;

/** Who is signed in. The cookie is the browser's; a page only learns from the API whom it stands for. */
class SessionHolder {
  current = $state.raw<Session | null>(null);
  /** Nobody is, and that is known. */
  isSignedOut = $state(false);
  /** The API could not be asked. */
  error = $state.raw<ApiError | null>(null);

  constructor() {
    connection.onSignedOut = () => this.#leave();
  }

  async resume(): Promise<void> {
    this.error = null;
    if (!isPerhapsSignedIn()) {
      this.#leave();
      return;
    }
    try {
      this.#enter(await get<Session>('/auth/session'));
    } catch (error) {
      // Nobody signed in is no fault; `onSignedOut` has led away by now.
      if ((error as ApiError).status !== 401) this.error = error as ApiError;
    }
  }

  /** @throws ApiError, as when the password is wrong. */
  async signIn(email: string, password: string): Promise<void> {
    this.#enter(await post<Session>('/auth/login', { email, password }));
  }

  /** @throws ApiError when the API could not be told: then the session is still open. */
  async signOut(): Promise<void> {
    // What is still asked would be refused: the page falls silent first, and goes on only if the session does.
    ofThisPage.leave();
    try {
      await post('/auth/logout');
    } catch (error) {
      if ((error as ApiError).status !== 401) {
        ofThisPage.stay();
        throw error;
      }
    }
    this.#leave({ isWanted: true });
  }

  #enter(session: Session): void {
    connection.csrfToken = session.csrf_token;
    this.current = session;
    this.isSignedOut = false;
    noteSignedIn(true);
    ofThisPage.stay();
  }

  #leave({ isWanted = false } = {}): void {
    const wasSignedIn = this.current !== null;
    connection.csrfToken = '';
    this.current = null;
    this.isSignedOut = true;
    noteSignedIn(false);
    forgetSeen();
    if (location.pathname === '/login') return;
    const from = location.pathname + location.search;
    // Whoever signs in after somebody left on purpose may be somebody else, and begins at home.
    const query = new URLSearchParams(
      isWanted ? { signed_out: '1' } : { ...(from !== '/' && { next: from }), ...(wasSignedIn && { ended: '1' }) },
    );
    router.go(`/login${query.size > 0 ? `?${query.toString()}` : ''}`, { replace: true });
  }
}

export const session = new SessionHolder();
