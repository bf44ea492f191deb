package io.waybill.edge;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ProcessorEndpoint;

/** A step of YAML routes: {@code to: waybill-<verb>:<name>?option=…}. */
abstract class Verb extends DefaultComponent {

    /**
     * The step, made once when its route is loaded.
     *
     * @param name what stands after the colon
     * @param options removed from the map as they are read; a left-over one fails the route by name
     */
    abstract Processor step(String name, Map<String, Object> options) throws Exception;

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> options) throws Exception {
        return new ProcessorEndpoint(uri, this, step(name, options));
    }

    /** One option, or its default. */
    String option(Map<String, Object> options, String key, String fallback) {
        return getAndRemoveParameter(options, key, String.class, fallback);
    }
}
