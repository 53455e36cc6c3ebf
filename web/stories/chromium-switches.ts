/**
 * What Playwright's own `--disable-features` leaves off. Of two such switches Chromium reads only the last, so ours
 * repeats it; `chromium-switches.test.ts` holds the two together.
 */
const leftOffByPlaywright = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  'msForceBrowserSignIn',
];

/**
 * The suggestions under the address bar are two web pages of the browser's own, which it loads again for every window
 * and nobody sees: half of what a window costs, 0.45 of 0.95 s of processor time with a page and a frame in it.
 */
const unseen = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

export const chromiumSwitches: readonly string[] = [
  `--disable-features=${[...leftOffByPlaywright, ...unseen].join(',')}`,
  // Its sandbox refuses to run as root, as which containers usually are; for everybody else it stays.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
