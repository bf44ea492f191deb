package io.waybill.rollout;

import io.waybill.problem.Code;

/** Why something cannot be switched, and what a stage lacks before it should be. */
enum RolloutCode implements Code {
    NAMESPACE_NOT_FOUND,
    BAD_MOMENT,
    NEVER_OPEN,
    NOTHING_TO_ROLL_BACK,
    CHANNELS_CHANGED,

    // what the next stage lacks
    LACKS_ACCOUNT,
    LACKS_GOOD_ORDERS,
    LACKS_LABEL,
    LACKS_SINK,
    LACKS_TRACKING,
    LACKS_VOIDS,
    LACKS_BILL
}
