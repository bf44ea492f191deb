package io.waybill.carrier.declared;

import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Services;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The code tables beside a description.
 *
 * @param errors what an error code means, and the field of ours it is about
 * @param fields our pointer by the carrier's name of a field
 */
record Tables(
        CodeTable statuses,
        CodeTable charges,
        CodeTable voids,
        Services services,
        Map<String, ErrorRow> errors,
        Map<String, String> fields) {

    /** @param pointer into our order, or null */
    record ErrorRow(String kind, @Nullable String pointer) {}
}
