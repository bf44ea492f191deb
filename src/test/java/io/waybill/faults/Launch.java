package io.waybill.faults;

import io.waybill.failpoint.Failpoint;
import java.util.List;

/**
 * How a hub process is started.
 *
 * @param before a command that runs the one that follows it
 * @param options of the Java machine
 */
record Launch(List<String> before, List<String> options) {
    static final Launch PLAIN = new Launch(List.of(), List.of());

    /** The exit status of a hub that halted at a failpoint. */
    static final int HALTED = 86;

    /** With failpoints armed. */
    static Launch armed(String points) {
        return new Launch(List.of(), List.of("-D" + Failpoint.PROPERTY + "=" + points));
    }

    /** On a disk of which no file can grow beyond so many bytes: the kernel refuses the write as it does on a full one. */
    static Launch onDiskOf(long bytes) {
        return new Launch(List.of("bash", "-c", "ulimit -f " + (bytes / 1024 + 1) + "; exec \"$0\" \"$@\""), List.of());
    }
}
