package io.waybill.edge;

import io.waybill.format.Format;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of a mapping while the routes that name it are checked. */
public interface MappingFacts {
    /** Of none anything is known. */
    MappingFacts NONE = new MappingFacts() {
        @Override
        public Map<String, String> members(String mapping) {
            return Map.of();
        }

        @Override
        public List<String> columns(String mapping) {
            return List.of();
        }

        @Override
        public List<Problem> unfit(String mapping, List<String> columns) {
            return List.of();
        }
    };

    /** What it may write at the top, each with its text where that is always the same; nothing where that is not known. */
    Map<String, String> members(String mapping);

    /** What the rows that it writes may have; none where that is not known. */
    List<String> columns(String mapping);

    /**
     * An {@code UNKNOWN_COLUMN} for each column that it cannot do without and that is not among these, and an {@code
     * UNMAPPED_SOURCE_FIELD} of those it may not leave unread and does; none where that is not known.
     */
    List<Problem> unfit(String mapping, List<String> columns);

    /** The format its documents have; empty where that is not known. */
    default Optional<Format> reads(String mapping) {
        return Optional.empty();
    }

    /** The formats its documents may be read from: of one that groups rows those that have some. */
    default List<String> formats(String mapping) {
        return Format.words();
    }
}
