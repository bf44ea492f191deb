package io.waybill.station;

import java.io.IOException;

/** Takes one label whole, or fails. */
interface Printer {
    /**
     * @param name of the job, of letters, digits, dashes, underscores and dots
     * @throws IOException when it is not known to have arrived whole
     */
    void print(String name, byte[] bytes) throws IOException;

    /** Where it is, for people. */
    String where();
}
