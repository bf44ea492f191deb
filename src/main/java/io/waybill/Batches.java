package io.waybill;

import io.waybill.api.Api;
import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.Comparing;
import io.waybill.batch.Uploads;
import io.waybill.batch.WholeFiles;
import io.waybill.ledger.Ledger;
import java.util.Optional;

/** Many documents in one file: fetched or uploaded, taken in or only priced; each file is archived as it came. */
final class Batches {
    final SourceFeeds feeds;
    final Batch batch;
    final WholeFiles wholeFiles;
    final Uploads uploads;
    final Comparing comparing;
    private final Optional<String> home;

    Batches(Plan plan, Ground ground, Buying buying, TakingIn takingIn) {
        Ledger ledger = ground.ledger;
        String node = ground.node.name;
        RoomTaker taker = takingIn.taker;
        Archive archive = Archive.in(ground.data.files());
        feeds = new SourceFeeds(plan.sources, ground.mappings);
        batch = new Batch(ledger, taker, archive, node);
        wholeFiles = new WholeFiles(ledger, archive, node);
        Uploads.Feeds uploaded = new UploadFeeds(feeds);
        uploads = new Uploads(
                ledger,
                batch,
                taker,
                new DryRun(takingIn.mapped, plan.choosing, buying.dispatch),
                archive,
                uploaded,
                takingIn.desk::callOff,
                node,
                ground.node::isGone);
        comparing = new Comparing(
                ledger,
                new SheetPrices(takingIn.intake, takingIn.mapped, buying.dispatch),
                taker,
                archive,
                uploaded,
                node,
                plan.mostCompared);
        home = plan.home;
    }

    /** Goes on with what was uploaded, from where it stood. */
    void start() {
        uploads.start();
        comparing.start();
    }

    Api.Sheets sheets() {
        return new Api.Sheets(uploads, comparing, home);
    }
}
