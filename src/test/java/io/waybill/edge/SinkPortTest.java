package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.waybill.delivery.Event;
import io.waybill.delivery.NotBefore;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SinkPortTest {
    private static final Event LABELLED = new Event("evt_1", "order.labelled", "acme", "SO-1", "{}");

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void a_shop_that_says_when_it_may_be_called_again_is_left_in_peace_so_long() throws Exception {
        assertThat(thrown(busy(Optional.of(Duration.ofMinutes(10))))).isInstanceOf(NotBefore.class);
    }

    @Test
    void one_that_says_nothing_is_called_by_our_own_count() throws Exception {
        assertThat(thrown(busy(Optional.empty()))).isInstanceOf(SystemException.class);
    }

    private static SystemException busy(Optional<Duration> retryAfter) {
        return new SystemException(
                Problem.of(EdgeCode.SYSTEM_BUSY, "system", "acme-shopify", "why", "HTTP 429"), retryAfter);
    }

    private Throwable thrown(SystemException failure) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sink.acme-shopify").errorHandler(noErrorHandler()).process(exchange -> {
                    throw failure;
                });
            }
        });
        context.start();
        SinkPort port = new SinkPort(context.createProducerTemplate(), "acme-shopify");
        return catchThrowable(() -> port.deliver(LABELLED));
    }
}
