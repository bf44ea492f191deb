package io.waybill.ledger;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which sinks want an event. Asked inside the transaction that records the fact, so it must be quick and pure. */
@FunctionalInterface
public interface Subscriptions {
    Subscriptions NONE = (namespace, type) -> List.of();

    /** The namespace of what is of none, or of several at once; a sink that takes it names it beside its own. */
    String OF_NONE = "*";

    /** The names of the sinks that take this type of event for this namespace. */
    List<String> sinks(String namespace, String type);

    /** Whether this namespace wants its people told of this: false where the stage it belongs to is off. */
    default boolean opens(String namespace, Reason reason) {
        return true;
    }

    /** Keeps room in a sink's line for an event that is about to be written: none where it must wait to be found. */
    default Optional<Room> room(String sink) {
        return Optional.empty();
    }

    /** The namespaces whose stage is off as long as nobody switches it. */
    default Set<String> off(Stage stage) {
        return Set.of();
    }
}
