"""What HIT types say of the events of their HITs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def replace(db: Connection, hit_type_id: str, notification: str, *, active: bool) -> None:
    """Store the specification of a HIT type, in the place of the one it had."""
    db.execute(
        """INSERT INTO notification_settings (hit_type_id, notification, active) VALUES (?, ?, ?)
        ON CONFLICT (hit_type_id) DO UPDATE SET notification = excluded.notification, active = excluded.active""",
        (hit_type_id, notification, active),
    )


def of_hit(db: Connection, hit_id: str) -> Row | None:
    """The specification of a HIT's type, if it is on, with the ids of the type and of the account."""
    return db.execute(  # type: ignore[no-any-return]
        """SELECT notification, hits.hit_type_id, hits.account FROM hits
        JOIN notification_settings ON notification_settings.hit_type_id = hits.hit_type_id
        WHERE hits.id = ? AND active = 1""",
        (hit_id,),
    ).fetchone()


def set_active(db: Connection, hit_type_id: str, *, active: bool) -> bool:
    """Turn the specification of a HIT type on or off; False if it has none."""
    changed = db.execute("UPDATE notification_settings SET active = ? WHERE hit_type_id = ?", (active, hit_type_id))
    return changed.rowcount > 0
