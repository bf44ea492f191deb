package io.waybill.carrier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an account may buy, where its carrier says so: platforms open and close channels for each customer. */
public interface Channels {
    /**
     * All of them.
     *
     * @throws RuntimeException when it cannot be asked now
     */
    List<Channel> channels();

    /**
     * @param code the carrier's own
     * @param name in its words; may be empty
     * @param service our word for it, or null when no table has one
     */
    record Channel(String code, String name, @Nullable String service) {}
}
