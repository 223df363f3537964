'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { systemInfo } from '../../data/queries.ts';

/** Which installation this is: a word, a stripe above everything, and the tab's icon. */
export function EnvironmentMark() {
  const { data } = useQuery(systemInfo());
  const environment = data?.environment ?? undefined;
  useEffect(() => {
    if (environment === undefined) return undefined;
    const root = document.documentElement;
    root.dataset['environment'] = environment.colour;
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const before = icon?.href;
    icon?.setAttribute('href', tinted(getComputedStyle(root).getPropertyValue('--env-icon')));
    return () => {
      delete root.dataset['environment'];
      if (before !== undefined) icon?.setAttribute('href', before);
    };
  }, [environment]);
  return environment === undefined ? null : (
    <span className="env">
      <span className="sr">Environment: </span>
      {environment.name}
    </span>
  );
}

/** The product's icon on another ground. */
const tinted = (colour: string): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke-linecap="round"><rect width="16" height="16" rx="3.5" fill="${colour}"/><path d="M4 3v10M4 8c1.8-1.6 3-.1 4.6 0s3-1.4 4.4 0" stroke="#fff" stroke-width="1.6"/></svg>`,
  )}`;
