package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
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

    /** Tells every source path it reads, below the elements it stands in. */
    void tellReads(List<String> above, ReadSet reads);
}
