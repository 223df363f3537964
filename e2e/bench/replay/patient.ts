/** Sleeps until it is told otherwise: a workflow task for each second of its life. */
import * as workflow from '@tidemark/sdk/workflow';

@workflow.defn({ name: 'Patient' })
export class PatientWorkflow {
  @workflow.run
  async run(turns: number): Promise<void> {
    for (let turn = 0; turn < turns; turn += 1) await workflow.sleep('1s');
  }
}
