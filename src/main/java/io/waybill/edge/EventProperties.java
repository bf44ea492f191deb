package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import org.apache.camel.Exchange;

/** What travels beside an event, as exchange properties: never as headers, which an HTTP caller could send too. */
final class EventProperties {
    static final String ID = "waybillEventId";
    static final String TYPE = "waybillEventType";
    static final String NAMESPACE = "waybillNamespace";
    static final String SUBJECT = "waybillSubject";

    /** The event as it was taken from the outbox, whatever has become of the body. */
    static final String TOLD = "waybillEvent";

    private EventProperties() {}

    /** @throws ProblemException {@code not-an-event} when the exchange did not come from the outbox */
    static String id(Exchange exchange) {
        String id = exchange.getProperty(ID, String.class);
        if (id == null || !id.matches("evt_[0-9A-Z]{1,36}")) {
            throw new ProblemException(Problem.of(EdgeCode.NOT_AN_EVENT, "id", id));
        }
        return id;
    }
}
