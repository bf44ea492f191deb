package io.waybill.carrier.declared;

import io.waybill.carrier.Reply;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be so in an answer.
 *
 * @param path where; empty for the HTTP status
 * @param values one of which the text at the path is; null when it only has to be there, or not
 * @param exists whether something is to stand there; an empty text, list or object is nothing
 */
record Check(List<String> path, @Nullable Set<String> values, boolean exists) {

    /** Of the HTTP status, whatever the answer says. */
    boolean isOfStatus() {
        return path.isEmpty();
    }

    boolean holds(Reply answer, int status) {
        if (isOfStatus()) {
            return values != null && values.contains(String.valueOf(status));
        }
        Reply at = answer.at(path.toArray(String[]::new));
        if (values != null) {
            return values.contains(at.text());
        }
        boolean there = at.isPresent()
                && (at.json().isContainerNode()
                        ? !at.json().isEmpty()
                        : !at.text().isEmpty());
        return there == exists;
    }
}
