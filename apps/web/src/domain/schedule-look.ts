import type { StatusLook } from './status.ts';

const ACTIVE: StatusLook = { tone: 'completed', glyph: 'scheduled', word: 'Active', isCalm: true };
const PAUSED: StatusLook = { tone: 'paused', glyph: 'paused', word: 'Paused', isCalm: false };

export const scheduleLook = (isPaused: boolean): StatusLook => (isPaused ? PAUSED : ACTIVE);
