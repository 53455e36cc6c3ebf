import { describe, expect, test } from '@jest/globals';
import { checkWebhookUrl, developmentPolicy, isAddressAllowed, PUBLIC_HTTPS_ONLY } from './address-policy.ts';

const development = developmentPolicy(['127.0.0.0/8', '::1/128']);

const PRIVATE_HOSTS: [host: string, what: string][] = [
  ['127.0.0.1', 'loopback'],
  ['127.1', 'short form'],
  ['2130706433', 'decimal'],
  ['0x7f.1', 'hexadecimal'],
  ['0x7f000001', 'hexadecimal in one'],
  ['017700000001', 'octal'],
  ['0177.0.0.01', 'octal parts'],
  ['127.0.0.1.', 'trailing dot'],
  ['①②⑦.⓪.⓪.①', 'circled digits'],
  ['127。0。0。1', 'ideographic full stops'],
  ['%31%32%37.0.0.1', 'percent-encoded'],
  ['[::1]', 'loopback'],
  ['[0:0:0:0:0:0:0:1]', 'loopback in full'],
  ['[::ffff:127.0.0.1]', 'mapped'],
  ['[::ffff:7f00:1]', 'mapped in hexadecimal'],
  ['[::ffff:0:7f00:1]', 'translated, RFC 2765'],
  ['[::7f00:1]', 'IPv4-compatible'],
  ['[::127.0.0.1]', 'IPv4-compatible'],
  ['[64:ff9b::7f00:1]', 'NAT64'],
  ['[64:ff9b::10.0.0.1]', 'NAT64'],
  ['[64:ff9b:1::a00:1]', 'local NAT64'],
  ['[2002:7f00:1::]', '6to4'],
  ['[2001:0:4136:e378:8000:63bf:3fff:fdd2]', 'Teredo'],
  ['[2a01::5efe:127.0.0.1]', 'ISATAP'],
  ['[2a01::200:5efe:10.0.0.1]', 'ISATAP'],
  ['0.0.0.0', 'unspecified'],
  ['0', 'unspecified'],
  ['0.1.2.3', 'this network'],
  ['[::]', 'unspecified'],
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['169.254.169.254', 'link-local: cloud metadata'],
  ['168.63.129.16', 'Azure host agent'],
  ['100.64.0.1', 'carrier-grade NAT'],
  ['100.100.100.200', 'carrier-grade NAT: Alibaba metadata'],
  ['192.0.0.192', 'reserved: Oracle metadata'],
  ['192.0.2.1', 'documentation'],
  ['198.51.100.1', 'documentation'],
  ['203.0.113.1', 'documentation'],
  ['198.18.0.1', 'benchmarking'],
  ['192.88.99.1', '6to4 relay'],
  ['224.0.0.1', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['[fe80::1]', 'link-local'],
  ['[fec0::1]', 'site-local'],
  ['[fc00::1]', 'unique local'],
  ['[fd00:ec2::254]', 'unique local: AWS metadata'],
  ['[ff02::1]', 'multicast'],
  ['[100::1]', 'discard'],
  ['[2001:db8::1]', 'documentation'],
  ['[3fff::1]', 'documentation'],
  ['[5f00::1]', 'segment routing'],
  ['[4000::1]', 'not given out by IANA'],
  ['localhost', 'name'],
  ['LOCALHOST', 'name'],
  ['localhost.', 'name with a dot'],
  ['api.localhost', 'name below localhost'],
  ['api.localhost.', 'name below localhost with a dot'],
];

describe('checkWebhookUrl where only public https is allowed', () => {
  test.each(PRIVATE_HOSTS)('refuses %s (%s)', (host) => {
    const verdict = checkWebhookUrl(`https://${host}/webhook`, PUBLIC_HTTPS_ONLY);
    expect(verdict).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^The webhook URL has the address .* is not public\.$/),
    });
  });

  test.each([
    'https://example.com/webhook',
    'https://example.com:443/',
    'https://example.com:8443/webhook?token=1#part',
    'https://example.com./',
    'https://bücher.example/',
    'https://8.8.8.8/',
    'https://[2606:4700:4700::1111]/',
    'https://[::ffff:8.8.8.8]/',
    'https://localhost.example.com/',
    'https://notlocalhost/',
  ])('passes %s', (url) => {
    expect(checkWebhookUrl(url, PUBLIC_HTTPS_ONLY)).toMatchObject({ ok: true });
  });

  test.each([
    ['http://example.com/', 'The webhook URL must use https.'],
    ['ftp://example.com/', 'The webhook URL must use https.'],
    ['javascript:alert(1)', 'The webhook URL must use https.'],
    ['file:///etc/passwd', 'The webhook URL must use https.'],
    ['https://example.com:444/', 'The webhook URL must use port 443 or 8443.'],
    ['https://example.com:80/', 'The webhook URL must use port 443 or 8443.'],
    ['https://user:pass@example.com/', 'The webhook URL must not contain a user name or password.'],
    ['https://user@example.com/', 'The webhook URL must not contain a user name or password.'],
    ['https://8.8.8.8:9000/', 'The webhook URL must use port 443 or 8443.'],
  ])('refuses %s: %s', (url, reason) => {
    expect(checkWebhookUrl(url, PUBLIC_HTTPS_ONLY)).toEqual({ ok: false, reason });
  });

  test.each([
    '',
    'example.com/webhook',
    '//example.com',
    'https://',
    'https://exa mple.com/',
    ' https://example.com/',
    'https://example.com/\n',
    'https://exam\tple.com/',
    'https://example.com/\0',
    'https://999.1.1.1/',
    'https://[::1%25lo]/',
    'https://example.com:99999/',
  ])('refuses what is no URL we could store: %j', (url) => {
    const reason = 'The webhook URL must be an absolute URL of at most 2048 characters without spaces.';
    expect(checkWebhookUrl(url, PUBLIC_HTTPS_ONLY)).toEqual({ ok: false, reason });
  });

  test.each([
    ['as written', `https://example.com/${'a'.repeat(2_029)}`],
    ['as stored', `https://example.com/${'ü'.repeat(1_000)}`],
    ['as written, though short when stored', `https://example.com/${'a/../'.repeat(500)}`],
  ])('refuses more than 2048 characters %s', (_how, url) => {
    expect(checkWebhookUrl(url, PUBLIC_HTTPS_ONLY)).toMatchObject({ ok: false });
  });

  test('passes 2048 characters', () => {
    expect(checkWebhookUrl(`https://example.com/${'a'.repeat(2_028)}`, PUBLIC_HTTPS_ONLY)).toMatchObject({ ok: true });
  });
});

describe('checkWebhookUrl in development', () => {
  test.each([
    'http://localhost:3002/webhook',
    'https://localhost:9443/webhook',
    'http://127.0.0.1:9999/x',
    'http://[::1]:9999/x',
    'http://[::ffff:127.0.0.1]:9999/x',
    'http://shop.localhost:3002/',
    'http://receiver:3002/webhook',
    'http://example.com/',
    'http://example.com:8080/',
    'https://example.com:8080/',
  ])('passes %s', (url) => {
    expect(checkWebhookUrl(url, development)).toMatchObject({ ok: true });
  });

  test.each(['http://10.0.0.1/', 'http://169.254.169.254/latest/meta-data/', 'http://[64:ff9b::7f00:1]/'])(
    'still refuses %s',
    (url) => {
      expect(checkWebhookUrl(url, development)).toMatchObject({ ok: false });
    },
  );

  test('says which schemes there are', () => {
    const reason = 'The webhook URL must use https or http.';
    expect(checkWebhookUrl('ftp://example.com/', development)).toEqual({ ok: false, reason });
  });

  test('a listed address passes on any port even where ports are listed, another one does not', () => {
    const policy = { allowHttp: false, allowedCidrs: ['10.1.0.0/16'], allowedPorts: [443] };
    expect(checkWebhookUrl('https://10.1.2.3:9000/', policy)).toMatchObject({ ok: true });
    expect(checkWebhookUrl('https://10.2.2.3/', policy)).toMatchObject({ ok: false });
    expect(checkWebhookUrl('http://10.1.2.3/', policy)).toMatchObject({ ok: false });
  });

  test('a malformed CIDR is refused when the policy is made', () => {
    expect(() => developmentPolicy(['127.0.0.0'])).toThrow('CIDR');
  });
});

describe('isAddressAllowed', () => {
  test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a01::1', '::ffff:8.8.8.8'])(
    '%s is public',
    (address) => {
      expect(isAddressAllowed(address, PUBLIC_HTTPS_ONLY)).toBe(true);
    },
  );

  test.each([
    '',
    'unknown',
    'localhost',
    '2130706433',
    '0x08080808',
    '8.8.8',
    '[::1]',
    'fe80::1%eth0',
    '::ffff:10.0.0.1',
  ])('%j is not', (address) => {
    expect(isAddressAllowed(address, PUBLIC_HTTPS_ONLY)).toBe(false);
  });

  test('the listed ranges pass, their neighbours do not', () => {
    expect(isAddressAllowed('127.255.0.1', development)).toBe(true);
    expect(isAddressAllowed('::ffff:127.0.0.1', development)).toBe(true);
    expect(isAddressAllowed('::1', development)).toBe(true);
    expect(isAddressAllowed('::2', development)).toBe(false);
    expect(isAddressAllowed('128.0.0.0', developmentPolicy(['127.0.0.0/8', '10.0.0.0/8']))).toBe(true);
    expect(isAddressAllowed('192.168.0.1', development)).toBe(false);
  });
});
