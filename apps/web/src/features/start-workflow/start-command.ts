import { parseArguments } from '../../domain/arguments.ts';
import { parseDuration } from '../../lib/duration.ts';
import { keysOf } from '../../lib/keys-of.ts';
import { shellQuote as quote } from '../../lib/shell.ts';
import type { Draft, TextKey } from './draft.ts';

const orGap = (value: string): string => (value === '' ? '…' : quote(value));

const CONFLICT = { refuse: 'Fail', use: 'UseExisting', terminate: 'TerminateExisting' } as const;
const REUSE = { allow: 'AllowDuplicate', failed: 'AllowDuplicateFailedOnly', refuse: 'RejectDuplicate' } as const;

/** The same start by the protocol's own command line, which every server understands: the program and its flags, one an entry. */
export function startCommand(draft: Draft, server: { readonly namespace: string; readonly address: string | undefined }): string[] {
  return [
    `temporal workflow ${verbOf(draft)}`,
    ...(server.address === undefined ? [] : [`--address ${quote(server.address)}`]),
    `--namespace ${quote(server.namespace)}`,
    `--type ${orGap(draft.type.trim())}`,
    `--task-queue ${orGap(draft.queue.trim())}`,
    `--workflow-id ${orGap(draft.workflowId.trim())}`,
    ...values('--input', draft.input),
    ...policies(draft),
    ...spans(draft),
    ...pairs('--memo', draft.memo),
    ...pairs('--search-attribute', draft.attributes),
    ...plain(draft, { priority: '--priority-key', fairnessKey: '--fairness-key', fairnessWeight: '--fairness-weight' }),
    ...plain(draft, { summary: '--static-summary', details: '--static-details' }),
    ...firstFlags(draft),
  ];
}

/** What the form says and that command has no flag for, in words. */
export function unsaid(draft: Draft): string[] {
  const has = (...keys: readonly TextKey[]) => keys.some((key) => draft[key].trim() !== '');
  return [
    ...(has('retryInitial', 'retryBackoff', 'retryMaximum', 'retryAttempts', 'retryNever') ? ['the retry policy'] : []),
    ...(has('cron') ? ['the cron schedule'] : []),
    ...(has('headers') ? ['headers'] : []),
    ...(has('requestId') ? ['the request id'] : []),
  ];
}

function verbOf({ first, waitFor }: Draft): string {
  if (first === 'signal') return 'signal-with-start';
  if (first === 'update') return waitFor === 'accepted' ? 'start-update-with-start' : 'execute-update-with-start';
  return 'start';
}

const values = (flag: string, text: string): string[] => {
  const parsed = parseArguments(text);
  return parsed.ok ? parsed.values.map((one) => `${flag} ${quote(JSON.stringify(one))}`) : [];
};

function pairs(flag: string, text: string): string[] {
  const parsed = parseArguments(text);
  const value = parsed.ok ? parsed.values[0] : undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([name, one]) => `${flag} ${quote(`${name}=${JSON.stringify(one)}`)}`);
}

/** Only what differs from what the server would do anyway; an update needs to be told. */
function policies({ whenOpen, whenClosed, first }: Draft): string[] {
  return [
    ...(whenOpen === 'refuse' && first !== 'update' ? [] : [`--id-conflict-policy ${CONFLICT[whenOpen]}`]),
    ...(whenClosed === 'allow' ? [] : [`--id-reuse-policy ${REUSE[whenClosed]}`]),
  ];
}

const SPANS = {
  executionTimeout: '--execution-timeout',
  runTimeout: '--run-timeout',
  taskTimeout: '--task-timeout',
  startDelay: '--start-delay',
} as const;

function spans(draft: Draft): string[] {
  return keysOf(SPANS).flatMap((key) => {
    const ms = parseDuration(draft[key]);
    return ms === undefined ? [] : [`${SPANS[key]} ${ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`}`];
  });
}

function plain(draft: Draft, flags: Partial<Record<TextKey, string>>): string[] {
  return keysOf(flags).flatMap((key) => {
    const text = draft[key].trim();
    return text === '' ? [] : [`${flags[key]} ${quote(text)}`];
  });
}

function firstFlags(draft: Draft): string[] {
  if (draft.first === 'none') return [];
  const flags = [`--${draft.first}-name ${orGap(draft.firstName.trim())}`, ...values(`--${draft.first}-input`, draft.firstInput)];
  if (draft.first === 'signal') return flags;
  return [
    ...flags,
    ...plain(draft, { updateId: '--update-id' }),
    ...(draft.waitFor === 'accepted' ? ['--update-wait-for-stage accepted'] : []),
  ];
}
