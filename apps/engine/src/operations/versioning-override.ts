/** Overrides of a run's version as requests bring them, in the words of today and in the older ones. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import type { Override } from '../history/model/versioning.ts';
import { toVersion } from '../history/model/versioning.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { Engine } from './engine.ts';
import { boundedId, invalid } from './validate.ts';

const { VersioningBehavior: Behavior } = api.enums.v1;
type Given = temporal.api.workflow.v1.IVersioningOverride;

/** Throws where it does not say what is to hold. */
export function requireOverride(engine: Pick<Engine, 'limits'>, given: Given): Override {
  if (given.oneTime) throw new EngineError('unimplemented', 'one-time versioning overrides are not implemented by this server');
  const override = given.pinned ? pinnedOf(given.pinned) : given.autoUpgrade ? autoUpgrade : legacyOf(given);
  if (override.kind === 'pinned') {
    boundedId(engine, 'DeploymentName', override.version.deploymentName);
    boundedId(engine, 'BuildId', override.version.buildId);
  }
  return override;
}

const autoUpgrade: Override = { kind: 'autoUpgrade' };

function pinnedOf({ behavior, version: given }: NonNullable<Given['pinned']>): Override {
  const version = toVersion(given);
  if (version === undefined) throw invalid('must provide version if override is pinned.');
  if (!behavior) throw invalid('must specify pinned override behavior if override is pinned.');
  return { kind: 'pinned', version };
}

function legacyOf({ behavior, pinnedVersion }: Given): Override {
  if (behavior === Behavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE) {
    if (pinnedVersion) throw invalid("only provide pinned version if behavior is 'PINNED'");
    return autoUpgrade;
  }
  if (behavior !== Behavior.VERSIONING_BEHAVIOR_PINNED) throw invalid('override behavior is required');
  const [deploymentName, ...build] = (pinnedVersion ?? '').split('.');
  const version = toVersion({ deploymentName: deploymentName ?? '', buildId: build.join('.') });
  if (version === undefined) throw invalid("must provide deployment (deprecated) or pinned version if behavior is 'PINNED'");
  return { kind: 'pinned', version };
}
