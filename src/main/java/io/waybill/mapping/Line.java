package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One line of a mapping: writes one target field, or one list. */
interface Line {
    /** What it writes; null when it writes nothing. */
    @Nullable
    JsonNode value(Spot spot);

    TargetPath target();

    int line();

    /** Whether the line writes the same into every document. */
    boolean constant();

    /** Tells the source paths, without indexes, of what is personal in the target. */
    void tellPersonal(String above, Set<String> paths);

    /**
     * Tells every source path it reads.
     *
     * @param above the steps to the element it stands in
     */
    void tellReads(List<Object> above, ReadSet reads);
}
