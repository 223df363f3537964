import { formatClock } from '../../lib/time.ts';

export interface Zone {
  readonly zone: string;
  readonly label: string;
  readonly clock: string;
}

const OTHERS = ['Europe/Berlin', 'America/New_York', 'America/Los_Angeles', 'Asia/Kolkata', 'Asia/Tokyo'];

/** UTC, the browser's own zone, and a few in which colleagues sit. */
export function zoneNames(): Omit<Zone, 'clock'>[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [
    { zone: 'UTC', label: 'UTC' },
    { zone: 'local', label: `Local, ${own}` },
    ...OTHERS.filter((one) => one !== own).map((zone) => ({ zone, label: zone.replace('_', ' ') })),
  ];
}

/** The same, each with its clock now. */
export function zones(): Zone[] {
  const now = Date.now();
  return zoneNames().map((one) => ({ ...one, clock: formatClock(now, one.zone).replace(/:\d\d(?= |$)/, '') }));
}
