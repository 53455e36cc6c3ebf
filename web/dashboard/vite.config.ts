import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte()],
  build: {
    outDir: '../dist/dashboard',
    emptyOutDir: true,
    target: 'es2022',
    // Says which files belong to which page, for the test of their sizes.
    manifest: true,
    modulePreload: { polyfill: false },
    // A data: URL is not allowed by the page's Content-Security-Policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
