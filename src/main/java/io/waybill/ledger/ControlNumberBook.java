package io.waybill.ledger;

import io.waybill.format.EdiStamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Control numbers of what is written for partners: no number twice, none left out, the same again for the same subject. */
public final class ControlNumberBook {
    private static final RecordMapper<Given> GIVEN = RecordMapper.of(Given.class);

    private final Handle handle;

    ControlNumberBook(Handle handle) {
        this.handle = handle;
    }

    record Given(long numberValue, Instant givenAt) {}

    /**
     * The number of this subject under this name, and the time it was given by the database's clock; the next one when it has
     * none yet.
     *
     * @param name at most 200 characters
     * @param subject at most 200 characters
     */
    public EdiStamp give(String name, String subject) {
        return given(name, subject).orElseGet(() -> {
            long last = lock(name);
            return given(name, subject).orElseGet(() -> next(name, subject, last + 1));
        });
    }

    private EdiStamp next(String name, String subject, long number) {
        handle.createUpdate("UPDATE control_number SET last_number = :number WHERE name = :name")
                .bind("number", number)
                .bind("name", name)
                .execute();
        handle.createUpdate("""
                        INSERT INTO control_number_given (name, subject, number_value, given_at)
                        VALUES (:name, :subject, :number, CURRENT_TIMESTAMP)""")
                .bind("name", name)
                .bind("subject", subject)
                .bind("number", number)
                .execute();
        return given(name, subject).orElseThrow();
    }

    /**
     * Holds the name until the transaction ends.
     *
     * @return its last number
     */
    private long lock(String name) {
        return last(name).orElseGet(() -> {
            handle.createUpdate("INSERT INTO control_number (name, last_number) VALUES (:name, " + RestoreBook.BEGINNING
                            + ")")
                    .bind("name", name)
                    .execute();
            return last(name).orElseThrow();
        });
    }

    private Optional<Long> last(String name) {
        return handle.createQuery("SELECT last_number FROM control_number WHERE name = :name FOR UPDATE")
                .bind("name", name)
                .mapTo(Long.class)
                .findOne();
    }

    private Optional<EdiStamp> given(String name, String subject) {
        return handle.createQuery("""
                        SELECT number_value, given_at FROM control_number_given
                        WHERE name = :name AND subject = :subject""")
                .bind("name", name)
                .bind("subject", subject)
                .map(GIVEN)
                .findOne()
                .map(given -> new EdiStamp(given.numberValue(), given.givenAt()));
    }
}
