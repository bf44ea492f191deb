package io.waybill.ledger;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * Binds moments with their offset. Of a {@link java.sql.Timestamp} H2 takes what the clocks of the machine's zone show, and of an hour
 * that they show twice always the first.
 */
final class Moments {
    private Moments() {}

    static Jdbi bound(Jdbi jdbi) {
        return jdbi.registerArgument(new Instants()).registerArgument(new Offsets());
    }

    private static Argument argument(OffsetDateTime moment) {
        return (place, statement, context) -> statement.setObject(place, moment, Types.TIMESTAMP_WITH_TIMEZONE);
    }

    private static final class Instants extends AbstractArgumentFactory<Instant> {
        Instants() {
            super(Types.TIMESTAMP_WITH_TIMEZONE);
        }

        @Override
        protected Argument build(Instant moment, ConfigRegistry config) {
            return argument(moment.atOffset(ZoneOffset.UTC));
        }
    }

    private static final class Offsets extends AbstractArgumentFactory<OffsetDateTime> {
        Offsets() {
            super(Types.TIMESTAMP_WITH_TIMEZONE);
        }

        @Override
        protected Argument build(OffsetDateTime moment, ConfigRegistry config) {
            return argument(moment);
        }
    }
}
