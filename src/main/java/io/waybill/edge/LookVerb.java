package io.waybill.edge;

import java.util.Map;
import java.util.Set;
import org.apache.camel.Processor;

/** {@code waybill-look:SOURCE}: a system says that something changed there; the route that polls the source asks within a second. */
final class LookVerb extends Verb {
    private final Set<String> wanted;

    /** @param wanted the sources to be asked at once; whoever asks one takes it out first */
    LookVerb(Set<String> wanted) {
        this.wanted = wanted;
    }

    @Override
    Processor step(String source, Map<String, Object> options) {
        return exchange -> wanted.add(source);
    }
}
