package io.waybill.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One line of a mapping: writes one target field, or one list. */
interface Line {
    void write(Scope scope, ObjectNode into, String pointer, Run run);

    TargetPath target();

    int line();

    /** Whether the line writes the same into every document. */
    boolean constant();

    /** Tells every source path it reads, below the elements it stands in. */
    void tellReads(List<String> above, ReadSet reads);
}
