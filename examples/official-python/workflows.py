"""The order system's workflow, as in examples/order-system."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    import activities


@dataclass
class Item:
    sku: str
    quantity: int
    price_cents: int


@dataclass
class Order:
    order_id: str
    customer: str
    items: list[Item]
    approval_timeout_seconds: float = 30
    shipping_fails: bool = False


@dataclass
class Receipt:
    order_id: str
    total_cents: int
    payment_id: str
    tracking_id: str
    approved_by: str


QUICK = {
    "start_to_close_timeout": timedelta(seconds=10),
    "retry_policy": RetryPolicy(initial_interval=timedelta(milliseconds=100), maximum_attempts=5),
}


@workflow.defn(name="OrderPython")
class OrderWorkflow:
    def __init__(self) -> None:
        self.state = "received"
        self.approved_by: str | None = None
        self.rejected_by: str | None = None

    @workflow.signal
    def approve(self, by: str) -> None:
        self.approved_by = by

    @workflow.signal
    def reject(self, by: str) -> None:
        self.rejected_by = by

    @workflow.query
    def status(self) -> str:
        return self.state

    @workflow.run
    async def run(self, order: Order) -> Receipt:
        self.undo: list = []
        try:
            return await self.fulfil(order)
        except BaseException as error:
            if is_cancelled_exception(error):
                self.state = "cancelled"
            elif self.state != "rejected":
                self.state = "failed"
            await self.compensate(order)
            raise

    async def fulfil(self, order: Order) -> Receipt:
        skus = [item.sku for item in order.items]
        total = sum(item.quantity * item.price_cents for item in order.items)
        reservation = await workflow.execute_activity(activities.reserve_stock, args=[order.order_id, skus], **QUICK)
        self.undo.append((activities.release_stock, reservation))
        self.state = "paying"
        payment = await workflow.execute_activity(activities.charge_card, args=[order.order_id, total], **QUICK)
        self.undo.append((activities.refund_card, payment))
        self.state = "waiting for approval"
        try:
            await workflow.wait_condition(
                lambda: self.approved_by is not None or self.rejected_by is not None,
                timeout=order.approval_timeout_seconds,
            )
        except asyncio.TimeoutError:
            pass
        if self.rejected_by is not None:
            self.state = "rejected"
            raise ApplicationError(f"turned down by {self.rejected_by}", type="OrderRejected", non_retryable=True)
        self.state = "shipping"
        tracking, _ = await asyncio.gather(
            workflow.execute_activity(activities.book_carrier, order.order_id, **QUICK),
            workflow.execute_activity(
                activities.pack_parcel,
                args=[skus, order.shipping_fails],
                start_to_close_timeout=timedelta(minutes=1),
                heartbeat_timeout=timedelta(seconds=10),
            ),
        )
        self.state = "shipped"
        await workflow.execute_activity(
            activities.send_mail, args=[order.customer, f"Order {order.order_id} is on its way"], **QUICK
        )
        return Receipt(order.order_id, total, payment, tracking, self.approved_by or "nobody (the deadline passed)")

    async def compensate(self, order: Order) -> None:
        for activity, what in reversed(self.undo):
            await asyncio.shield(workflow.execute_activity(activity, what, **QUICK))
        await asyncio.shield(
            workflow.execute_activity(
                activities.send_mail, args=[order.customer, f"Order {order.order_id} did not go through"], **QUICK
            )
        )
