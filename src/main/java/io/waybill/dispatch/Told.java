package io.waybill.dispatch;

import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.util.List;

/** Problems as the ledger keeps them. */
final class Told {
    private Told() {}

    static String of(Problem problem) {
        return Json.mapper().valueToTree(List.of(problem)).toString();
    }
}
