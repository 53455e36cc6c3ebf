import { mount } from 'svelte';
import '../ui/tokens.css';
import './page.css';
import { createGatewayApi } from '../api/gateway-api.ts';
import { attemptMemory } from './attempt/remembered-attempt.ts';
import { tabStorage } from './attempt/tab-storage.ts';
import Checkout from './Checkout.svelte';
import { frameLink } from './frame/frame-link.ts';
import { outcomeTeller } from './frame/outcome-teller.ts';
import { Journey } from './journey.svelte.ts';
import { readPageAddress } from './page-address.ts';
import { PaymentForms } from './payment-forms.svelte.ts';
import { pageSettings } from './page-settings.ts';

const target = document.querySelector('#checkout');
if (target === null) throw new Error('index.html has no #checkout');

const address = readPageAddress(location);
document.documentElement.classList.toggle('embedded', address.isEmbedded);

const link = frameLink(window, () => journey.wantToClose());
const journey = new Journey({
  address,
  api: createGatewayApi(pageSettings.apiOrigin, (input, init) => fetch(input, init)),
  memory: attemptMemory(() => tabStorage({ window, document })),
  tell: outcomeTeller(link, (act, ms) => void setTimeout(act, ms)),
  showInAddress: (paymentId) => {
    history.replaceState(null, '', `/success?payment_id=${encodeURIComponent(paymentId)}`);
  },
  now: () => Date.now(),
  newKey: () => crypto.randomUUID(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  online: () =>
    navigator.onLine
      ? Promise.resolve()
      : new Promise((resolve) => {
          window.addEventListener('online', () => resolve(), { once: true });
        }),
});

const forms = new PaymentForms(() => new Date());
void journey.begin();
mount(Checkout, { target, props: { journey, forms, address, isSandbox: pageSettings.isSandbox } });
