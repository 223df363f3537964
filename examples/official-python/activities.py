"""The order system's activities, as in examples/order-system."""

import asyncio

from temporalio import activity
from temporalio.exceptions import ApplicationError


@activity.defn(name="reserveStock")
async def reserve_stock(order_id: str, skus: list[str]) -> str:
    await asyncio.sleep(0.1)
    return f"reservation-{order_id}"


@activity.defn(name="releaseStock")
async def release_stock(reservation_id: str) -> None:
    await asyncio.sleep(0.1)


@activity.defn(name="chargeCard")
async def charge_card(order_id: str, cents: int) -> str:
    await asyncio.sleep(0.2)
    if cents <= 0:
        raise ApplicationError("an order must cost something", type="EmptyOrder", non_retryable=True)
    return f"payment-{order_id}"


@activity.defn(name="refundCard")
async def refund_card(payment_id: str) -> None:
    await asyncio.sleep(0.1)


@activity.defn(name="bookCarrier")
async def book_carrier(order_id: str) -> str:
    """Fails twice, then works."""
    attempt = activity.info().attempt
    if attempt <= 2:
        raise ApplicationError(f"the carrier does not answer (attempt {attempt})", type="CarrierUnavailable")
    return f"tracking-{order_id}"


@activity.defn(name="packParcel")
async def pack_parcel(skus: list[str], fails: bool) -> int:
    for count, sku in enumerate(skus, start=1):
        await asyncio.sleep(0.1)
        if fails:
            raise ApplicationError(f"{sku} is broken", type="ItemBroken", non_retryable=True)
        activity.heartbeat(count)
    return len(skus)


@activity.defn(name="sendMail")
async def send_mail(to: str, subject: str) -> None:
    await asyncio.sleep(0.05)


ALL = [reserve_stock, release_stock, charge_card, refund_card, book_carrier, pack_parcel, send_mail]
