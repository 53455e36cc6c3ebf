import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte()],
  build: {
    outDir: '../dist/checkout',
    emptyOutDir: true,
    target: 'es2022',
    // The polyfill would be one more request before the first, for browsers that the rest does not run in.
    modulePreload: { polyfill: false },
    // A data: URL is not allowed by the page's Content-Security-Policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
