"""What the SMO does: offering, positions, conclusions, conditions, meetings, besluitenlijst and papers as one PDF."""

from phases.smo.services.bundle import ask_bundle, retry_bundle, retry_list
from phases.smo.services.conclusions import check_condition, conclude, confirm_money, confirm_textual, meet_condition
from phases.smo.services.meetings import (
    add_meeting,
    add_point,
    cancel_meeting,
    move_meeting,
    move_point,
    note_attendance,
    plan_ahead,
    set_rhythm,
    shift_point,
)
from phases.smo.services.minutes import add_action, adopt_list, correct_list, finish_action, write_list
from phases.smo.services.offers import offer, withdraw
from phases.smo.services.positions import take_position
from phases.smo.services.reminders import remind

__all__ = [
    "add_action",
    "add_meeting",
    "add_point",
    "adopt_list",
    "ask_bundle",
    "cancel_meeting",
    "check_condition",
    "conclude",
    "confirm_money",
    "confirm_textual",
    "correct_list",
    "finish_action",
    "meet_condition",
    "move_meeting",
    "move_point",
    "note_attendance",
    "offer",
    "plan_ahead",
    "remind",
    "retry_bundle",
    "retry_list",
    "set_rhythm",
    "shift_point",
    "take_position",
    "withdraw",
    "write_list",
]
