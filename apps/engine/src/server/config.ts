/** What the command line says, checked. */
import { parseArgs } from 'node:util';
import type { Environment, EnvironmentColour } from '../api/model/environment.ts';
import { environmentColours } from '../api/model/environment.ts';
import type { AttributeType } from '../persistence/ports/namespace-store.ts';
import type { LogFormat, LogLevel } from './log.ts';
import { isLogLevel } from './log.ts';
import type { SecurityConfig } from './security-flags.ts';
import { isGuarded, securityOf, securityOptions, securityUsage } from './security-flags.ts';
import { UsageError } from './usage-error.ts';

export interface ServerConfig {
  readonly ip: string;
  readonly port: number;
  readonly httpPort: number;
  readonly uiPort: number;
  readonly headless: boolean;
  /** Everything is forgotten with the process when this is not given. */
  readonly dbFilename: string | undefined;
  readonly namespaces: readonly string[];
  readonly searchAttributes: Readonly<Record<string, AttributeType>>;
  readonly security: SecurityConfig;
  readonly environment: Environment | undefined;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}

export interface ConsoleConfig {
  readonly address: string;
  readonly ip: string;
  readonly uiPort: number;
  readonly httpPort: number;
  readonly apiKey: string | undefined;
  readonly environment: Environment | undefined;
  /** People sign in with keys of the server. */
  readonly signIn: boolean;
  readonly tls:
    | {
        readonly ca: string | undefined;
        readonly cert: string | undefined;
        readonly key: string | undefined;
        readonly serverName: string | undefined;
      }
    | undefined;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}

export const usage = `tidemark server start-dev [flags]     the engine, and the console unless --headless
  --ip IP                       address to listen on (127.0.0.1)
  --port N                      gRPC (7233)
  --http-port N                 health, metrics and the console's api (7243)
  --ui-port N                   console (8233)
  --db-filename FILE            SQLite file; without it nothing outlives the process
  --namespace NAME              a further namespace, may be repeated
  --search-attribute Name=Type  a custom search attribute, may be repeated
  --dynamic-config-value k=v    accepted; unknown keys are ignored
  --headless                    no console
  --environment NAME[=COLOUR]   shown on every page of the console, for example prod=red;
                                in red, ending runs is confirmed by typing its name
${securityUsage}
  --log-level LEVEL             debug, info, warn, error or never (info)
  --log-format FORMAT           text or json (text)

tidemark console --address HOST:PORT [flags]   the console for another server of this protocol
  --ip IP  --ui-port N  --http-port N  --api-key KEY  --tls  --environment NAME[=COLOUR]
  --sign-in                     people sign in with keys of that server; needed for an --ip beyond this machine
  --tls-ca FILE  --tls-cert FILE  --tls-key FILE  --tls-server-name NAME

tidemark keys create --name NAME --permission NAMESPACE:ROLE [--expires-at TIME]   a new API key
  ROLE is read, worker, write or admin; NAMESPACE may be * for all of them and the cluster`;

const common = {
  ip: { type: 'string', default: '127.0.0.1' },
  'ui-port': { type: 'string' },
  'http-port': { type: 'string' },
  environment: { type: 'string' },
  'log-level': { type: 'string', default: 'info' },
  'log-format': { type: 'string', default: 'text' },
} as const;

export function parseServerConfig(args: readonly string[]): ServerConfig {
  const values = parsed(() =>
    parseArgs({
      args: [...args],
      options: {
        ...common,
        ...securityOptions,
        port: { type: 'string', default: '7233', short: 'p' },
        'db-filename': { type: 'string', short: 'f' },
        'db-url': { type: 'string' },
        namespace: { type: 'string', multiple: true, default: [], short: 'n' },
        'search-attribute': { type: 'string', multiple: true, default: [] },
        'dynamic-config-value': { type: 'string', multiple: true, default: [] },
        headless: { type: 'boolean', default: false },
      },
    }),
  );
  if (values['db-url'] !== undefined) throw new UsageError('--db-url is not supported yet; use --db-filename for a SQLite file');
  for (const pair of values['dynamic-config-value']) checkPair('--dynamic-config-value', pair);
  const security = securityOf(values, process.env);
  if (!isGuarded(security) && !values.headless && !isLoopback(values.ip))
    throw new UsageError(
      `--ip ${values.ip} needs --api-keys or one of the --jwt flags, for people to sign in to the console with, or --headless`,
    );
  if (security.uiApiKey !== undefined && !isLoopback(values.ip))
    throw new UsageError(`--ui-api-key needs a loopback --ip, not ${values.ip}: whoever reaches the console acts with that key`);
  const port = portOf('--port', values.port);
  return {
    ip: values.ip,
    port,
    httpPort: portOf('--http-port', values['http-port'] ?? String(offset(port, 10))),
    uiPort: portOf('--ui-port', values['ui-port'] ?? String(offset(port, 1000))),
    headless: values.headless,
    dbFilename: values['db-filename'],
    namespaces: [...new Set(['default', ...values.namespace])],
    searchAttributes: Object.fromEntries(values['search-attribute'].map(attributeOf)),
    security,
    environment: environmentOf(values.environment),
    ...logOf(values),
  };
}

export function parseConsoleConfig(args: readonly string[]): ConsoleConfig {
  const values = parsed(() =>
    parseArgs({
      args: [...args],
      options: {
        ...common,
        address: { type: 'string' },
        'api-key': { type: 'string' },
        'sign-in': { type: 'boolean', default: false },
        tls: { type: 'boolean', default: false },
        'tls-ca': { type: 'string' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        // The names these have in other tools of the protocol.
        'tls-ca-path': { type: 'string' },
        'tls-cert-path': { type: 'string' },
        'tls-key-path': { type: 'string' },
        'tls-server-name': { type: 'string' },
      },
    }),
  );
  if (!isLoopback(values.ip) && !values['sign-in']) throw new UsageError(`--ip ${values.ip} needs --sign-in`);
  if (values['sign-in'] && values['api-key'] !== undefined)
    throw new UsageError('--sign-in and --api-key exclude each other: people act with the keys they sign in with');
  if (values.address === undefined) throw new UsageError('--address HOST:PORT is required: the server whose runs are to be shown');
  const files = {
    ca: values['tls-ca'] ?? values['tls-ca-path'],
    cert: values['tls-cert'] ?? values['tls-cert-path'],
    key: values['tls-key'] ?? values['tls-key-path'],
    serverName: values['tls-server-name'],
  };
  if ((files.cert === undefined) !== (files.key === undefined)) throw new UsageError('--tls-cert and --tls-key need each other');
  const hasTls = values.tls || values['api-key'] !== undefined || Object.values(files).some((value) => value !== undefined);
  return {
    address: values.address,
    ip: values.ip,
    uiPort: portOf('--ui-port', values['ui-port'] ?? '8233'),
    httpPort: portOf('--http-port', values['http-port'] ?? '7243'),
    apiKey: values['api-key'],
    environment: environmentOf(values.environment),
    signIn: values['sign-in'],
    tls: hasTls ? files : undefined,
    ...logOf(values),
  };
}

/**
 * Whom the console's api serves: those who sign in, where there are keys to sign in with; else whoever is on this machine (with the
 * console's own key, if it was given one); beyond it nobody.
 */
export function consoleAccess({ ip, security }: Pick<ServerConfig, 'ip' | 'security'>): 'sign-in' | 'open' | 'none' {
  if (isGuarded(security) && security.uiApiKey === undefined) return 'sign-in';
  return isLoopback(ip) ? 'open' : 'none';
}

/** Where nobody signs in, whoever reaches the console may do everything it shows. */
export const isLoopback = (ip: string): boolean => ip === 'localhost' || ip === '::1' || /^127\.\d+\.\d+\.\d+$/.test(ip);

/** The three ports keep their distance when only the first is moved. */
const offset = (port: number, by: number): number => (port === 0 ? 0 : port + by);

/** Throws a UsageError with the parser's words for flags it does not know. */
export function parsed<Values>(parse: () => { readonly values: Values }): Values {
  try {
    return parse().values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function portOf(flag: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`${flag} must be a port from 0 to 65535, not "${text}"`);
  return port;
}

function checkPair(flag: string, text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`${flag} takes name=value, not "${text}"`);
  return [text.slice(0, at), text.slice(at + 1)];
}

const ENVIRONMENT_MAX = 24;

function environmentOf(text: string | undefined): Environment | undefined {
  if (text === undefined) return undefined;
  const [name, colour] = text.includes('=') ? checkPair('--environment', text) : [text, 'grey'];
  if (name.trim() === '' || name.length > ENVIRONMENT_MAX)
    throw new UsageError(`--environment takes a name of 1 to ${ENVIRONMENT_MAX} characters, not "${name}"`);
  if (!isEnvironmentColour(colour))
    throw new UsageError(`--environment ${name} has the unknown colour "${colour}"; colours are ${environmentColours.join(', ')}`);
  return { name: name.trim(), colour };
}

const isEnvironmentColour = (text: string): text is EnvironmentColour => environmentColours.some((one) => one === text);

const attributeTypes: ReadonlyMap<string, AttributeType> = new Map(
  (['Bool', 'Datetime', 'Double', 'Int', 'Keyword', 'KeywordList', 'Text'] as const).map((type) => [type.toLowerCase(), type]),
);

function attributeOf(text: string): readonly [string, AttributeType] {
  const [name, typeName] = checkPair('--search-attribute', text);
  const type = attributeTypes.get(typeName.toLowerCase());
  if (type === undefined)
    throw new UsageError(
      `--search-attribute ${name} has the unknown type "${typeName}"; types are ${[...attributeTypes.values()].join(', ')}`,
    );
  return [name, type];
}

function logOf(values: { readonly 'log-level': string; readonly 'log-format': string }): { logLevel: LogLevel; logFormat: LogFormat } {
  const level = values['log-level'];
  const format = values['log-format'];
  if (!isLogLevel(level)) throw new UsageError(`--log-level must be debug, info, warn, error or never, not "${level}"`);
  if (format !== 'json' && format !== 'text' && format !== 'pretty')
    throw new UsageError(`--log-format must be text or json, not "${format}"`);
  return { logLevel: level, logFormat: format === 'json' ? 'json' : 'text' };
}
