'use client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { isAway } from '../../data/api-client.ts';
import { systemInfo } from '../../data/queries.ts';
import { session } from '../../data/session.ts';
import { Announcer } from '../../ui/announcer.tsx';
import { RightsContext } from '../../ui/rights.ts';
import { EngineStrip } from './engine-strip.tsx';
import { HoverCards } from './hover-cards.tsx';
import { Nav } from './nav.tsx';
import { Overlays } from './overlays.tsx';
import { PageChange } from './page-change.tsx';
import { TopBar } from './top-bar.tsx';
import './shell.css';

const YEAR_S = 31_536_000;

export interface ShellProps {
  readonly namespace: string;
  readonly children: ReactNode;
  /** The page reads nothing from the engine, so it is as fresh as ever while that is away. */
  readonly isLocal?: boolean;
}

/** The frame around every page. */
export function Shell({ namespace, children, isLocal = false }: ShellProps) {
  const isDown = isAway(useQuery(systemInfo()).error) && !isLocal;
  const { data: signedIn } = useQuery({ ...session(namespace), enabled: !isLocal });
  const rights = signedIn?.subject ? { subject: signedIn.subject, may: signedIn.may } : undefined;
  useEffect(() => {
    // The start address leads to the namespace that was looked at last.
    document.cookie = `tidemark-namespace=${encodeURIComponent(namespace)}; path=/; max-age=${YEAR_S}; samesite=lax`;
  }, [namespace]);
  return (
    <RightsContext value={rights}>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <div className="app">
        <TopBar namespace={namespace} />
        <Nav namespace={namespace} />
        <div className={isDown ? 'stage is-away' : 'stage'}>
          {isLocal ? null : <EngineStrip />}
          {children}
        </div>
      </div>
      <Overlays namespace={namespace} />
      <HoverCards />
      <PageChange />
      <Announcer />
    </RightsContext>
  );
}
