import { describe, expect, it } from 'vitest';
import { consoleAccess, parseConsoleConfig, parseServerConfig } from './config.ts';
import { UsageError } from './usage-error.ts';

describe('tidemark server start-dev', () => {
  it('listens on loopback and forgets everything unless told otherwise', () => {
    expect(parseServerConfig([])).toEqual({
      ip: '127.0.0.1',
      port: 7233,
      httpPort: 7243,
      uiPort: 8233,
      headless: false,
      dbFilename: undefined,
      namespaces: ['default'],
      searchAttributes: {},
      security: { tls: undefined, apiKeysFile: undefined, jwt: undefined, uiApiKey: undefined },
      logLevel: 'info',
      logFormat: 'text',
    });
  });

  it('takes the flags people know', () => {
    const ports = '--port 9000 --ui-port 9001 --http-port 9002';
    const names =
      '--namespace orders -n default --namespace returns --search-attribute CustomerId=Keyword --search-attribute Tags=keywordlist';
    const log = '--log-level warn --log-format json';
    const config = parseServerConfig(`--ip=0.0.0.0 ${ports} --db-filename x.db --headless ${names} ${log}`.split(' '));
    expect(config).toMatchObject({ ip: '0.0.0.0', port: 9000, uiPort: 9001, httpPort: 9002, dbFilename: 'x.db', headless: true });
    expect(config).toMatchObject({ logLevel: 'warn', logFormat: 'json' });
    expect(config.namespaces).toEqual(['default', 'orders', 'returns']);
    expect(config.searchAttributes).toEqual({ CustomerId: 'Keyword', Tags: 'KeywordList' });
  });

  it('keeps the distance of the other ports to the first', () => {
    expect(parseServerConfig(['--port', '7300'])).toMatchObject({ port: 7300, httpPort: 7310, uiPort: 8300 });
  });

  it('takes any free ports for 0', () => {
    expect(parseServerConfig(['--port', '0'])).toMatchObject({ port: 0, httpPort: 0, uiPort: 0 });
  });

  it('ignores unknown keys of the dynamic configuration', () => {
    const args = ['--dynamic-config-value', 'frontend.enableUpdateWorkflowExecution=true', '--dynamic-config-value', 'no.such.key="a=b"'];
    expect(parseServerConfig(args)).toEqual(parseServerConfig([]));
  });

  it.each([
    [['--nonsense'], /--nonsense/],
    [['--port'], /--port/],
    [['--headless=yes'], /headless/],
    [['stray'], /stray/],
    [['--port', 'http'], /--port must be a port from 0 to 65535, not "http"/],
    [['--ui-port', '70000'], /--ui-port must be a port from 0 to 65535, not "70000"/],
    [['--http-port', '-1'], /--http-port/],
    [['--ip', '0.0.0.0'], /--ip 0\.0\.0\.0 needs --api-keys or one of the --jwt flags/],
    [['--port', ''], /--port must be a port/],
    [['--db-url', 'postgres://localhost/x'], /--db-url is not supported yet; use --db-filename/],
    [['--search-attribute', 'CustomerId'], /--search-attribute takes name=value, not "CustomerId"/],
    [['--search-attribute', '=Keyword'], /--search-attribute takes name=value/],
    [['--search-attribute', 'A=Wish'], /unknown type "Wish"; types are Bool, Datetime, Double, Int, Keyword, KeywordList, Text/],
    [['--search-attribute', 'A=constructor'], /unknown type "constructor"/],
    [['--dynamic-config-value', 'key'], /--dynamic-config-value takes name=value/],
    [['--log-level', 'loud'], /--log-level must be debug, info, warn, error or never, not "loud"/],
    [['--log-level', 'toString'], /--log-level must be/],
    [['--tls-cert', 'c'], /--tls-cert needs --tls-key/],
    [['--tls-key', 'k'], /--tls-key needs --tls-cert/],
    [['--tls-client-ca', 'ca'], /--tls-client-ca needs --tls-cert and --tls-key/],
    [['--jwt-secret', 's', '--jwt-jwks', 'j'], /only one of --jwt-secret, --jwt-public-key and --jwt-jwks/],
    [['--jwt-issuer', 'i'], /--jwt-issuer and --jwt-audience need/],
    [['--ui-api-key', 'k'], /--ui-api-key means nothing without --api-keys/],
    [['--api-keys', 'f', '--ui-api-key', 'k', '--headless', '--ip', '0.0.0.0'], /--ui-api-key needs a loopback --ip, not 0\.0\.0\.0/],
    [['--environment', 'prod=pink'], /--environment prod has the unknown colour "pink"; colours are red, orange,/],
    [['--environment', 'a name that is much too long'], /--environment takes a name of 1 to 24 characters/],
    [['--log-format', 'xml'], /--log-format must be text or json, not "xml"/],
  ])('refuses %j in one sentence', (args, sentence) => {
    expect(() => parseServerConfig(args)).toThrow(UsageError);
    expect(() => parseServerConfig(args)).toThrow(sentence);
  });
});

describe('who reaches the engine', () => {
  it('is said by certificates, keys and tokens', () => {
    const tls = '--tls-cert c --tls-key k --tls-client-ca ca';
    const jwt = '--jwt-public-key p --jwt-issuer i --jwt-audience a';
    expect(parseServerConfig(`${tls} --api-keys f ${jwt} --ui-api-key u`.split(' ')).security).toEqual({
      tls: { cert: 'c', key: 'k', clientCa: 'ca' },
      apiKeysFile: 'f',
      jwt: { kind: 'public-key', file: 'p', issuer: 'i', audience: 'a' },
      uiApiKey: 'u',
    });
  });

  it.each([
    ['', 'open'],
    ['--ip 0.0.0.0 --headless', 'none'],
    ['--api-keys f', 'sign-in'],
    ['--api-keys f --ip 0.0.0.0', 'sign-in'],
    ['--api-keys f --ui-api-key k', 'open'],
    ['--jwt-secret s', 'sign-in'],
  ])('through the api of the console: "%s" %s', (flags, access) => {
    expect(consoleAccess(parseServerConfig(flags === '' ? [] : flags.split(' ')))).toBe(access);
  });
});

describe('tidemark console', () => {
  it('needs a server to show', () => {
    expect(() => parseConsoleConfig([])).toThrow(/--address HOST:PORT is required/);
  });

  it('connects in the clear unless told otherwise', () => {
    const config = parseConsoleConfig(['--address', 'cluster:7233']);
    expect(config).toMatchObject({ address: 'cluster:7233', ip: '127.0.0.1', uiPort: 8233, httpPort: 7243 });
    expect(config.tls).toBeUndefined();
    expect(config.apiKey).toBeUndefined();
  });

  it('never sends a key in the clear', () => {
    expect(parseConsoleConfig(['--address', 'a:1', '--api-key', 'secret'])).toMatchObject({ apiKey: 'secret', tls: {} });
  });

  it('takes certificates, which mean TLS', () => {
    const files = ['--tls-ca-path', 'ca', '--tls-cert-path', 'cert', '--tls-key-path', 'key', '--tls-server-name', 'name'];
    expect(parseConsoleConfig(['--address', 'a:1', ...files]).tls).toEqual({ ca: 'ca', cert: 'cert', key: 'key', serverName: 'name' });
    const short = ['--tls-ca', 'ca', '--tls-cert', 'cert', '--tls-key', 'key'];
    expect(parseConsoleConfig(['--address', 'a:1', ...short]).tls).toEqual({ ca: 'ca', cert: 'cert', key: 'key' });
    expect(() => parseConsoleConfig(['--address', 'a:1', '--tls-cert', 'cert'])).toThrow(/need each other/);
    expect(parseConsoleConfig(['--address', 'a:1', '--tls']).tls).toEqual({});
  });

  it('stays on loopback unless people sign in', () => {
    expect(() => parseConsoleConfig(['--address', 'a:1', '--ip', '0.0.0.0'])).toThrow(/--ip 0\.0\.0\.0 needs --sign-in/);
    expect(() => parseConsoleConfig(['--address', 'a:1', '--ip', '127.0.0.1.example.com'])).toThrow(/needs --sign-in/);
  });

  it('refuses flags of the engine', () => {
    expect(() => parseConsoleConfig(['--address', 'a:1', '--headless'])).toThrow(UsageError);
  });
});
