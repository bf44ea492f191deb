package io.waybill.carrier;

import io.waybill.mapping.Mappings;
import io.waybill.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An adapter whose carriers are described in files. */
public interface DescribedCarriers extends CarrierFactory {
    /** Every description of a folder, each read alone; a folder that is not there has none. */
    Read read(Path folder);

    /**
     * What a folder holds.
     *
     * @param carriers what each sound description says of its carrier
     * @param mappings of each carrier, also where its description is not sound
     * @param problems everything that is wrong, by file and line
     */
    record Read(Map<String, CarrierFacts> carriers, Map<String, Mappings> mappings, List<Problem> problems) {}
}
