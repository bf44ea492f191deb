package io.waybill.mapping;

import java.util.List;
import java.util.Optional;

/** The record of every version that ever served, so that one number always means one text. */
public interface Versions {
    /** @param sha256 of the text, in hex */
    record Version(String name, int version, String sha256, String text) {}

    Optional<Version> find(String name, int version);

    /** The version of this mapping that served last. */
    Optional<Version> last(String name);

    /** Notes that these versions serve from now on: all of them, or none. */
    void serve(List<Version> versions);
}
