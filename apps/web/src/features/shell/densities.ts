import type { Density } from '../../data/preferences.ts';

export const DENSITIES: readonly { readonly value: Density; readonly label: string }[] = [
  { value: 'compact', label: 'Compact' },
  { value: 'default', label: 'Normal' },
  { value: 'comfortable', label: 'Comfortable' },
];
