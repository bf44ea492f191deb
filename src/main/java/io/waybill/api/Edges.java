package io.waybill.api;

import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes at the edge of a hub that runs, as {@code GET /routes} tells of them. */
public interface Edges {
    /** Where no hub runs. */
    Edges NONE = new Edges() {
        @Override
        public List<At> routes() {
            return List.of();
        }

        @Override
        public List<String> off() {
            return List.of();
        }

        @Override
        public List<Problem> problems() {
            return List.of();
        }
    };

    /**
     * One route.
     *
     * @param from where it starts, without options
     * @param done exchanges that ended since the hub started, those that failed too
     */
    record At(
            String id,
            @Nullable String description,
            String from,
            String state,
            long done,
            long failed,
            @Nullable Instant lastDone,
            @Nullable Instant lastFailed,
            @Nullable String lastError) {}

    List<At> routes();

    /** Files that serve what no setting names. */
    List<String> off();

    /** Why files were refused. */
    List<Problem> problems();
}
