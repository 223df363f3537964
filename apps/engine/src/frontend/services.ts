/** The services as the wire calls them: every method of the protocol, what it needs, and the operation that does it. */
import type { WorkflowMethod, OperatorMethod } from '@tidemark/protocol/services';
import type { EncodedResponse } from '@tidemark/protocol/server';
import type { Call, Engine, NamespaceCall } from '../operations/engine.ts';
import * as operator from '../operations/activity-operator.ts';
import * as activities from '../operations/activity-tasks.ts';
import * as batches from '../operations/batches.ts';
import { deleteWorkflow } from '../operations/delete-workflow.ts';
import * as deployments from '../operations/deployments.ts';
import { describeWorkflow } from '../operations/describe-workflow.ts';
import { getHistory, getHistoryReverse } from '../operations/get-history.ts';
import { countSchedules, listSchedules } from '../operations/list-schedules.ts';
import * as lists from '../operations/list-workflows.ts';
import * as messages from '../operations/message-workflow.ts';
import * as namespaces from '../operations/namespaces.ts';
import { pauseWorkflow, unpauseWorkflow } from '../operations/pause-workflow.ts';
import { pollNexusTask } from '../operations/poll-nexus-task.ts';
import { answerQuery, queryWorkflow } from '../operations/query-workflow.ts';
import { updateTaskQueueConfig } from '../operations/task-queue-config.ts';
import * as schedules from '../operations/schedules.ts';
import * as attributes from '../operations/search-attributes.ts';
import { signalWithStartWorkflow, startWorkflow } from '../operations/start-workflow.ts';
import { executeMultiOperation } from '../operations/multi-operation.ts';
import { resetWorkflow } from '../operations/reset-workflow.ts';
import { updateWorkflowOptions } from '../operations/update-options.ts';
import { pollUpdate, updateWorkflow } from '../operations/update-workflow.ts';
import { getClusterInfo, getSystemInfo, listClusters } from '../operations/system.ts';
import * as queues from '../operations/task-queues.ts';
import * as workers from '../operations/workers.ts';
import * as tasks from '../operations/workflow-tasks.ts';

type Answer = Promise<object | EncodedResponse> | object;

/** `namespace` methods are told the namespace their request names; `server` methods stand by themselves. */
export type Method =
  | { readonly scope: 'namespace'; readonly run: (engine: Engine, request: never, call: NamespaceCall) => Answer }
  | { readonly scope: 'server'; readonly run: (engine: Engine, request: never, call: Call) => Answer };

const inNamespace = <Request>(run: (engine: Engine, request: Request, call: NamespaceCall) => Answer): Method => ({
  scope: 'namespace',
  run,
});
const onServer = <Request>(run: (engine: Engine, request: Request, call: Call) => Answer): Method => ({ scope: 'server', run });

export const workflowMethods: Partial<Record<WorkflowMethod, Method>> = {
  getSystemInfo: onServer(getSystemInfo),
  getClusterInfo: onServer(getClusterInfo),
  registerNamespace: onServer(namespaces.registerNamespace),
  describeNamespace: onServer(namespaces.describeNamespace),
  listNamespaces: onServer(namespaces.listNamespaces),
  updateNamespace: onServer(namespaces.updateNamespace),
  deprecateNamespace: onServer(namespaces.deprecateNamespace),
  getSearchAttributes: onServer(attributes.getSearchAttributes),
  startWorkflowExecution: inNamespace(startWorkflow),
  signalWithStartWorkflowExecution: inNamespace(signalWithStartWorkflow),
  signalWorkflowExecution: inNamespace(messages.signalWorkflow),
  requestCancelWorkflowExecution: inNamespace(messages.cancelWorkflow),
  updateWorkflowExecutionOptions: inNamespace(updateWorkflowOptions),
  resetWorkflowExecution: inNamespace(resetWorkflow),
  updateWorkflowExecution: inNamespace(updateWorkflow),
  pollWorkflowExecutionUpdate: inNamespace(pollUpdate),
  executeMultiOperation: inNamespace(executeMultiOperation),
  pauseWorkflowExecution: inNamespace(pauseWorkflow),
  unpauseWorkflowExecution: inNamespace(unpauseWorkflow),
  terminateWorkflowExecution: inNamespace(messages.terminateWorkflow),
  deleteWorkflowExecution: inNamespace(deleteWorkflow),
  startBatchOperation: inNamespace(batches.startBatch),
  stopBatchOperation: inNamespace(batches.stopBatch),
  describeBatchOperation: inNamespace(batches.describeBatch),
  listBatchOperations: inNamespace(batches.listBatches),
  describeWorkflowExecution: inNamespace(describeWorkflow),
  getWorkflowExecutionHistory: inNamespace(getHistory),
  getWorkflowExecutionHistoryReverse: inNamespace(getHistoryReverse),
  queryWorkflow: inNamespace(queryWorkflow),
  respondQueryTaskCompleted: inNamespace(answerQuery),
  pollWorkflowTaskQueue: inNamespace(tasks.pollWorkflowTask),
  respondWorkflowTaskCompleted: inNamespace(tasks.completeWorkflowTask),
  respondWorkflowTaskFailed: inNamespace(tasks.failWorkflowTask),
  pollActivityTaskQueue: inNamespace(activities.pollActivityTask),
  recordActivityTaskHeartbeat: inNamespace(activities.heartbeatActivity),
  recordActivityTaskHeartbeatById: inNamespace(activities.heartbeatActivityById),
  respondActivityTaskCompleted: inNamespace(activities.completeActivity),
  respondActivityTaskCompletedById: inNamespace(activities.completeActivityById),
  respondActivityTaskFailed: inNamespace(activities.failActivity),
  respondActivityTaskFailedById: inNamespace(activities.failActivityById),
  respondActivityTaskCanceled: inNamespace(activities.cancelActivity),
  respondActivityTaskCanceledById: inNamespace(activities.cancelActivityById),
  pauseActivity: inNamespace(operator.pauseActivity),
  pauseActivityExecution: inNamespace(operator.pauseActivityExecution),
  unpauseActivity: inNamespace(operator.unpauseActivity),
  unpauseActivityExecution: inNamespace(operator.unpauseActivityExecution),
  resetActivity: inNamespace(operator.resetActivity),
  resetActivityExecution: inNamespace(operator.resetActivityExecution),
  updateActivityOptions: inNamespace(operator.updateActivityOptions),
  updateActivityExecutionOptions: inNamespace(operator.updateActivityExecutionOptions),
  createSchedule: inNamespace(schedules.createSchedule),
  describeSchedule: inNamespace(schedules.describeSchedule),
  updateSchedule: inNamespace(schedules.updateSchedule),
  patchSchedule: inNamespace(schedules.patchSchedule),
  deleteSchedule: inNamespace(schedules.deleteSchedule),
  listScheduleMatchingTimes: inNamespace(schedules.listScheduleMatchingTimes),
  listSchedules: inNamespace(listSchedules),
  countSchedules: inNamespace(countSchedules),
  pollNexusTaskQueue: inNamespace(pollNexusTask),
  shutdownWorker: inNamespace(queues.shutdownWorker),
  describeTaskQueue: inNamespace(queues.describeTaskQueue),
  updateTaskQueueConfig: inNamespace(updateTaskQueueConfig),
  listWorkerDeployments: inNamespace(deployments.listWorkerDeployments),
  describeWorkerDeployment: inNamespace(deployments.describeWorkerDeployment),
  describeWorkerDeploymentVersion: inNamespace(deployments.describeWorkerDeploymentVersion),
  setWorkerDeploymentCurrentVersion: inNamespace(deployments.setWorkerDeploymentCurrentVersion),
  setWorkerDeploymentRampingVersion: inNamespace(deployments.setWorkerDeploymentRampingVersion),
  setWorkerDeploymentManager: inNamespace(deployments.setWorkerDeploymentManager),
  deleteWorkerDeployment: inNamespace(deployments.deleteWorkerDeployment),
  deleteWorkerDeploymentVersion: inNamespace(deployments.deleteWorkerDeploymentVersion),
  updateWorkerDeploymentVersionMetadata: inNamespace(deployments.updateWorkerDeploymentVersionMetadata),
  listTaskQueuePartitions: inNamespace(queues.listTaskQueuePartitions),
  resetStickyTaskQueue: inNamespace(queues.resetStickyTaskQueue),
  recordWorkerHeartbeat: inNamespace(workers.recordWorkerHeartbeat),
  listWorkers: inNamespace(workers.listWorkers),
  countWorkers: inNamespace(workers.countWorkers),
  describeWorker: inNamespace(workers.describeWorker),
  listWorkflowExecutions: inNamespace(lists.listWorkflows),
  scanWorkflowExecutions: inNamespace(lists.listWorkflows),
  countWorkflowExecutions: inNamespace(lists.countWorkflows),
  listOpenWorkflowExecutions: inNamespace(lists.listOpenWorkflows),
  listClosedWorkflowExecutions: inNamespace(lists.listClosedWorkflows),
};

export const operatorMethods: Partial<Record<OperatorMethod, Method>> = {
  addSearchAttributes: onServer(attributes.addSearchAttributes),
  removeSearchAttributes: onServer(attributes.removeSearchAttributes),
  listSearchAttributes: onServer(attributes.listSearchAttributes),
  listClusters: onServer(listClusters),
  deleteNamespace: onServer(namespaces.deleteNamespace),
};
