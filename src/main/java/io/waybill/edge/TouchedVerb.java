package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * {@code waybill-touched:SINK?least=1}: after a step to {@code sql}: fails when the statement changed fewer rows for each row that the mapping
 * wrote, so that an update of a row that is not there is told and tried again. An event that brought nothing is well; with {@code least=0} so is
 * whatever a driver counts, of which some say of many rows only that they are written.
 */
final class TouchedVerb extends Verb {
    private static final String COUNT = "CamelSqlUpdateCount";

    @Override
    Processor step(String sink, Map<String, Object> options) {
        int least = Integer.parseInt(option(options, "least", "1"));
        return exchange -> require(exchange, sink, least);
    }

    private static void require(Exchange exchange, String sink, int least) {
        int count = exchange.getMessage().getHeader(COUNT, 0, Integer.class);
        int rows = exchange.getMessage().getBody() instanceof List<?> written ? written.size() : 1;
        if (least > 0 && count < least * rows) {
            throw new ProblemException(
                    Problem.of(EdgeCode.ROW_NOT_THERE, "sink", sink, "count", count, "least", least * rows));
        }
    }
}
