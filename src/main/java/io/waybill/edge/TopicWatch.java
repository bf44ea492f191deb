package io.waybill.edge;

import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Tells a person of a topic that cannot be read: at once where its cluster does not let us in or has no such topic, else when that goes
 * on. Of brokers that are away a poll says nothing, so where one brings nothing they are asked now and then.
 */
final class TopicWatch {
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final String cluster;
    private final Patience patience;
    private final LongSupplier clock;
    private long asked;

    /** @param clock nanoseconds, as {@link System#nanoTime} counts them */
    TopicWatch(String cluster, Patience patience, LongSupplier clock) {
        this.cluster = cluster;
        this.patience = patience;
        this.clock = clock;
        this.asked = clock.getAsLong();
    }

    static TopicWatch of(String cluster, String source, Positions positions) {
        return new TopicWatch(cluster, new Patience(source, positions, EVERY), System::nanoTime);
    }

    /** A poll of this consumer is over. */
    synchronized void polled(Consumer<?, ?> consumer, boolean empty) {
        if (!empty) {
            patience.answered();
        } else if (patience.isOver() && clock.getAsLong() - asked >= EVERY.toNanos()) {
            asked = clock.getAsLong();
            ask(consumer);
        }
    }

    private void ask(Consumer<?, ?> consumer) {
        try {
            if (!consumer.assignment().isEmpty()) {
                consumer.endOffsets(consumer.assignment(), ANSWER);
            } else if (isMissing(consumer, consumer.subscription())) {
                return;
            }
            patience.answered();
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            failed(e);
        }
    }

    /** A consumer has no partition also where others have them all. */
    private boolean isMissing(Consumer<?, ?> consumer, Set<String> topics) {
        for (String topic : topics) {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic, ANSWER);
            if (partitions == null || partitions.isEmpty()) {
                Problem why = Problem.of(EdgeCode.TOPIC_MISSING, "cluster", cluster, "topic", topic);
                patience.failed(why, Optional.empty(), true);
                return true;
            }
        }
        return false;
    }

    /** A consumer could not be made, or could not ask. */
    synchronized void failed(KafkaException failure) {
        if (!patience.isOver()) {
            return;
        }
        boolean locked = failure instanceof AuthenticationException || failure instanceof AuthorizationException;
        EdgeCode code = locked ? EdgeCode.CLUSTER_LOCKED : EdgeCode.CLUSTER_AWAY;
        patience.failed(
                Problem.of(code, "cluster", cluster, "why", String.valueOf(failure.getMessage())),
                Optional.empty(),
                locked);
    }
}
