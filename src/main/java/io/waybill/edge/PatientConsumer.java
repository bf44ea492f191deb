package io.waybill.edge;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Camel begins anew, from the last committed offset, when a poll fails, but at once, and never again where the cluster does
 * not let us in. This one takes a breath first, and being let in may come later.
 */
final class PatientConsumer extends KafkaConsumer<Object, Object> {
    private static final Duration BREATH = Duration.ofSeconds(2);

    PatientConsumer(Properties properties) {
        super(properties);
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        try {
            return super.poll(timeout);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LockSupport.parkNanos(BREATH.toNanos());
            throw new KafkaException(String.valueOf(e.getMessage()), e);
        }
    }
}
