import { defineConfig } from 'vite';

/** What the modal is in the page, for whoever opens the served file to find its ids. */
const markup = `/*!
<div id="payment-gateway-modal" data-test-id="payment-modal"><div class="modal-overlay"><div class="modal-content">
<iframe data-test-id="payment-iframe"></iframe>
<button data-test-id="close-modal-button" class="close-button">×</button></div></div></div>
*/`;

/** checkout.js, the script for a page. vite.module.config.ts makes the npm package of the same source. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // As far back as a browser has light-dark(); older targets would have it rewritten into three times its size.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    reportCompressedSize: false,
    rolldownOptions: {
      // "Class constructor PaymentGateway cannot be invoked without 'new'" ought not to speak of a class called e.
      output: {
        postBanner: markup,
        minify: { mangle: { keepNames: { class: true, function: false } }, compress: true, codegen: true },
      },
    },
    lib: { entry: 'src/checkout.ts', formats: ['iife'], name: 'unused', fileName: () => 'checkout.js' },
  },
});
