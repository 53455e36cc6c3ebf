import { mount } from 'svelte';
import '../ui/tokens.css';
import '../ui/button.css';
import '../ui/data-table.css';
import './page.css';
import Dashboard from './Dashboard.svelte';
import { router } from './router/router.svelte.ts';
import { session } from './session/session.svelte.ts';

const target = document.querySelector('#dashboard');
if (target === null) throw new Error('index.html has no #dashboard');

void session.resume();
router.start();
mount(Dashboard, { target });
