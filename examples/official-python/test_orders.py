"""Runs the order system against TIDEMARK_ADDRESS and checks what came out. Exits with 1 when something is not as it should be."""

import asyncio
import os
import sys
import uuid

from temporalio.client import Client, WorkflowExecutionStatus, WorkflowFailureError, WorkflowHandle
from temporalio.exceptions import ActivityError, ApplicationError, CancelledError
from temporalio.worker import Worker

import activities
from workflows import Item, Order, OrderWorkflow, Receipt

QUEUE = f"official-python-{uuid.uuid4()}"
ITEMS = [Item("lamp", 1, 4900), Item("bulb", 3, 450)]


async def failure_of(handle: WorkflowHandle) -> BaseException | None:
    try:
        await handle.result()
    except WorkflowFailureError as error:
        return error.cause
    raise AssertionError("the order went through")


async def until(handle: WorkflowHandle, state: str) -> None:
    async with asyncio.timeout(15):
        while await handle.query(OrderWorkflow.status) != state:
            pass


async def checks(client: Client) -> None:
    async def start(order_id: str, **more: object) -> WorkflowHandle:
        order = Order(order_id, "ada@example.com", ITEMS, **more)
        return await client.start_workflow(OrderWorkflow.run, order, id=f"python-{order_id}-{uuid.uuid4()}", task_queue=QUEUE)

    approved = await start("approved")
    await approved.signal(OrderWorkflow.approve, "grace")
    assert await approved.result() == Receipt("approved", 6250, "payment-approved", "tracking-approved", "grace")

    late = await start("late", approval_timeout_seconds=0.2)
    assert (await late.result()).approved_by == "nobody (the deadline passed)"

    rejected = await start("rejected")
    await rejected.signal(OrderWorkflow.reject, "grace")
    refusal = await failure_of(rejected)
    assert isinstance(refusal, ApplicationError) and refusal.type == "OrderRejected", refusal

    broken = await start("broken", approval_timeout_seconds=0.1, shipping_fails=True)
    breakage = await failure_of(broken)
    assert isinstance(breakage, ActivityError) and isinstance(breakage.cause, ApplicationError), breakage
    assert breakage.cause.type == "ItemBroken", breakage.cause

    cancelled = await start("cancelled")
    await until(cancelled, "waiting for approval")
    await cancelled.cancel()
    assert isinstance(await failure_of(cancelled), CancelledError)
    assert (await cancelled.describe()).status == WorkflowExecutionStatus.CANCELED


async def main() -> None:
    client = await Client.connect(os.environ.get("TIDEMARK_ADDRESS", "127.0.0.1:7233"))
    async with Worker(client, task_queue=QUEUE, workflows=[OrderWorkflow], activities=activities.ALL):
        await checks(client)
    print("the official Python SDK: 5 orders as expected")


if __name__ == "__main__":
    asyncio.run(main())
    # The SDK's native threads outlive the loop and may abort an interpreter that is taken down under them:
    # https://github.com/temporalio/sdk-python/issues/300. All has been checked by now, or an error has left before.
    sys.stdout.flush()
    os._exit(0)
