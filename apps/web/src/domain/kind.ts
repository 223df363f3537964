import { keysOf } from '../lib/keys-of.ts';
import type { GroupKind } from './event-groups.ts';

export type KindIcon = 'activity' | 'local' | 'timer' | 'child' | 'signal' | 'update' | 'link' | 'marker' | 'attr' | 'x' | 'wft' | 'start';

const ICONS: Readonly<Record<GroupKind, KindIcon>> = {
  activity: 'activity',
  local: 'local',
  timer: 'timer',
  child: 'child',
  signal: 'signal',
  update: 'update',
  external: 'signal',
  nexus: 'link',
  marker: 'marker',
  attr: 'attr',
  cancel: 'x',
};
export const GROUP_KINDS = keysOf(ICONS);
export const kindIcon = (kind: GroupKind): KindIcon => ICONS[kind];

const WORDS: Readonly<Record<GroupKind, string>> = {
  activity: 'Activities',
  local: 'Local activities',
  timer: 'Timers',
  child: 'Child workflows',
  signal: 'Signals',
  update: 'Updates',
  external: 'Signals sent',
  nexus: 'Nexus operations',
  marker: 'Markers',
  attr: 'Attributes',
  cancel: 'Cancel requests',
};
const NAMES: Readonly<Record<GroupKind, string>> = {
  activity: 'activity',
  local: 'local activity',
  timer: 'timer',
  child: 'child workflow',
  signal: 'signal',
  update: 'update',
  external: 'signal sent',
  nexus: 'Nexus operation',
  marker: 'marker',
  attr: 'attributes',
  cancel: 'cancel request',
};
/** One of them, within a sentence. */
export const kindName = (kind: GroupKind): string => NAMES[kind];

export const kindWord = (kind: GroupKind): string => WORDS[kind];

/** The commands of a replay report, by what they start. */
export function commandIcon(kind: string): KindIcon {
  const lower = kind.toLowerCase();
  if (lower.includes('localactivity')) return 'local';
  if (lower.includes('activity')) return 'activity';
  if (lower.includes('timer')) return 'timer';
  if (lower.includes('child')) return 'child';
  if (lower.includes('signal')) return 'signal';
  if (lower.includes('update')) return 'update';
  if (lower.includes('searchattributes') || lower.includes('modify') || lower.includes('properties')) return 'attr';
  if (lower.includes('marker') || lower.includes('patch')) return 'marker';
  return 'wft';
}
