package io.waybill.batch;

import io.waybill.format.Document;
import io.waybill.format.EdiAcknowledgement;
import io.waybill.format.EdiAcknowledgement.Rejection;
import io.waybill.format.EdiStamp;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OutcomeBook.Outcome;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Interchanges are answered by 997 or CONTRL: written again, it takes the control numbers it had. */
record Acknowledged(Ledger ledger, Feed feed, FileRow file) implements Acknowledgement {

    @Override
    public String end() {
        return EdiAcknowledgement.extension(feed.reading().format());
    }

    @Override
    public boolean write(Path path, Path copy) {
        Outcomes outcomes = new Outcomes(ledger, file, 0);
        EdiStamp.Giver numbers =
                (name, subject) -> ledger.commit(tx -> tx.controlNumbers().give(name, subject));
        EdiAcknowledgement acknowledgement =
                new EdiAcknowledgement(feed.reading(), numbers, file.id() + ":" + file.drops());
        AtomicInteger interchanges = new AtomicInteger();
        NewFile.write(path, out -> {
            try (InputStream in = Files.newInputStream(copy)) {
                interchanges.set(acknowledgement.write(in, file.name(), document -> verdict(outcomes, document), out));
            }
        });
        return interchanges.get() > 0;
    }

    private static Optional<Rejection> verdict(Outcomes outcomes, Document document) {
        Outcome outcome = outcomes.of(document);
        if (outcome == null) {
            return Optional.empty();
        }
        boolean bad = Outcomes.result(outcome).bad();
        return Optional.of(new Rejection(bad, bad ? outcomes.told(outcome).problems() : java.util.List.of()));
    }
}
