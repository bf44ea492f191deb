package io.waybill.carrier.declared;

import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Refusals;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The code tables beside a description.
 *
 * @param channels the carrier's code by our word for the service
 * @param errors what an error code means, and the field of ours it is about
 * @param fields our pointer by the carrier's name of a field
 */
record Tables(
        CodeTable statuses,
        CodeTable charges,
        CodeTable voids,
        Map<String, String> channels,
        Map<String, ErrorRow> errors,
        Map<String, String> fields) {

    /** @param pointer into our order, or null */
    record ErrorRow(String kind, @Nullable String pointer) {}

    /**
     * The carrier's code for our word or for itself.
     *
     * @throws io.waybill.carrier.RefusedException for any other word
     */
    String channel(String service) {
        if (channels.containsValue(service)) {
            return service;
        }
        String code = channels.get(service);
        if (code == null) {
            throw Refusals.takesNot(service, "/service", channels.keySet());
        }
        return code;
    }

    /** Our word for a channel, or the code itself. */
    String service(String channel) {
        return channels.entrySet().stream()
                .filter(one -> one.getValue().equals(channel))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(channel);
    }
}
