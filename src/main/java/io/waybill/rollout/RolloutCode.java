package io.waybill.rollout;

import io.waybill.problem.Code;

/** Why something cannot be switched. */
enum RolloutCode implements Code {
    NAMESPACE_NOT_FOUND,
    BAD_MOMENT,
    NEVER_OPEN,
    NOTHING_TO_ROLL_BACK
}
