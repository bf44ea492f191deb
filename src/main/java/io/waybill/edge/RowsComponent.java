package io.waybill.edge;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ScheduledPollEndpoint;

/**
 * {@code from: waybill-rows:SOURCE?datasource=…&query=…&keyColumn=…}: each new row of a table that only grows, by its number. The query
 * takes {@code :since}; where the source stands is in the ledger, beginning at {@code source.<name>.from}.
 */
final class RowsComponent extends DefaultComponent {
    private final Settings settings;
    private final Positions positions;

    RowsComponent(Settings settings, Positions positions) {
        this.settings = settings;
        this.positions = positions;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String source, Map<String, Object> options) {
        Duration every = PollPlan.span(getAndRemoveParameter(options, "every", String.class, "5000"));
        String datasource = getAndRemoveParameter(options, "datasource", String.class, source);
        RowsConsumer.Plan plan = new RowsConsumer.Plan(
                source,
                datasource,
                CamelContextHelper.mandatoryLookup(getCamelContext(), datasource, DataSource.class),
                getAndRemoveParameter(options, "query", String.class, ""),
                getAndRemoveParameter(options, "keyColumn", String.class, "id"),
                getAndRemoveParameter(options, "rows", Integer.class, 500),
                PollPlan.span(getAndRemoveParameter(options, "settle", String.class, "300000")),
                first(source));
        return new RowsEndpoint(uri, this, plan, every);
    }

    /** @throws ProblemException {@code missing-setting}: nobody but its owner knows which rows of a table were shipped already */
    private long first(String source) {
        Section section = settings.section("source." + source);
        String from = section.required("from");
        try {
            return Long.parseLong(from);
        } catch (NumberFormatException e) {
            throw section.bad("from", from, "the number of the last row that is not to be taken in; 0 for all rows");
        }
    }

    private final class RowsEndpoint extends ScheduledPollEndpoint {
        private final RowsConsumer.Plan plan;
        private final Duration every;

        RowsEndpoint(String uri, RowsComponent component, RowsConsumer.Plan plan, Duration every) {
            super(uri, component);
            this.plan = plan;
            this.every = every;
            setDelay(every.toMillis());
            setInitialDelay(100);
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException("waybill-rows is where a route starts");
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            Patience patience = new Patience(plan.source(), positions, every);
            RowsConsumer consumer = new RowsConsumer(this, processor, plan, positions, patience);
            configureConsumer(consumer);
            return consumer;
        }
    }
}
