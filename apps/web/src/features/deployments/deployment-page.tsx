'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { toProblem } from '../../data/api-client.ts';
import { deployment } from '../../data/deployment-queries.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import type { Change } from '../../domain/deployment-change.ts';
import { plural } from '../../lib/number.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Stat, Stats } from '../../ui/stats.tsx';
import { Unread } from '../../ui/unread.tsx';
import { RoutingDialog } from './routing-dialog.tsx';
import { VersionTable } from './version-table.tsx';
import type { Description } from './version-look.ts';
import './deployments.css';

export function DeploymentPage({ namespace, name }: { namespace: string; name: string }) {
  const isLive = usePreference('isLive');
  const { data, error, isPending } = useQuery(deployment(namespace, name, isLive));
  const [change, setChange] = useState<Change>();
  return (
    <div className="page pg-deployments">
      <main className="main" id="main">
        <div className="bar dh">
          <Link className="btn quiet icon" href={paths.deployments(namespace)} aria-label="Back to deployments">
            <Icon name="back" />
          </Link>
          <h1 className="dn">{name}</h1>
          <CopyButton text={name} what="deployment name" />
          <span className="grow" />
          {data?.ramp ? <ActButton onClick={() => setChange({ kind: 'unramp' })}>End the ramp…</ActButton> : null}
          {data?.current ? <ActButton onClick={() => setChange({ kind: 'current', build: '' })}>Unset the current…</ActButton> : null}
        </div>
        {error && data === undefined ? (
          <Unread problem={toProblem(error)} what="The deployment" isOne />
        ) : (
          <div className="scroll">
            <Figures data={data} />
            <VersionTable namespace={namespace} data={data} isPending={isPending} onChange={setChange} />
          </div>
        )}
        {change === undefined || data === undefined ? null : (
          <RoutingDialog namespace={namespace} data={data} change={change} onClose={() => setChange(undefined)} />
        )}
      </main>
    </div>
  );
}

function Figures({ data }: { data: Description | undefined }) {
  const draining = data?.versions.filter(({ status }) => status === 'Draining').length ?? 0;
  const isUnpolled = data?.versions.some(({ status, detail }) => status === 'Current' && detail?.pollers === 0) ?? false;
  return (
    <Stats>
      <Stat
        name="Current"
        value={data === undefined ? '–' : (data.current ?? 'none')}
        isBad={isUnpolled}
        note={data?.current === null ? 'new work goes to workers without a version' : isUnpolled ? 'nobody polls for it' : 'gets new work'}
      />
      <Stat
        name="Ramping"
        value={data?.ramp ? (data.ramp.build ?? 'no version') : '–'}
        note={data?.ramp ? `gets ${data.ramp.percentage} % of the workflows` : 'no ramp'}
      />
      <Stat
        name="Versions"
        value={data?.versions.length ?? '–'}
        note={draining === 0 ? 'none drains' : `${plural(draining, 'version')} ${draining === 1 ? 'drains' : 'drain'}`}
      />
      <Stat
        name="Changed by"
        value={data?.lastModifier || '–'}
        note={data?.manager ? `only ${data.manager} may change it` : 'anybody may change it'}
      />
    </Stats>
  );
}
