'use client';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { isAway } from '../../data/api-client.ts';
import { systemInfo } from '../../data/queries.ts';
import { EngineStrip } from './engine-strip.tsx';
import { Nav } from './nav.tsx';
import { Overlays } from './overlays.tsx';
import { TopBar } from './top-bar.tsx';
import './shell.css';

const YEAR_S = 31_536_000;

/** The frame around every page of a namespace. */
export function Shell({ children }: { children: ReactNode }) {
  const { ns } = useParams<{ ns: string }>();
  const namespace = decodeURIComponent(ns);
  const isDown = isAway(useQuery(systemInfo()).error);
  useEffect(() => {
    // The start address leads to the namespace that was looked at last.
    document.cookie = `tidemark-namespace=${encodeURIComponent(namespace)}; path=/; max-age=${YEAR_S}; samesite=lax`;
  }, [namespace]);
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <div className="app">
        <TopBar namespace={namespace} />
        <Nav namespace={namespace} />
        <div className={isDown ? 'stage is-away' : 'stage'}>
          <EngineStrip />
          {children}
        </div>
      </div>
      <Overlays namespace={namespace} />
    </>
  );
}
