package io.waybill;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.intake.Intake;
import io.waybill.intake.Sources;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.Tx;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.tracking.Scans;
import io.waybill.tracking.TrackingCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The door for files of scans: what a carrier or a 3PL tells of parcels, X12 214 and IFTSTA among them. */
record ScanDoor(Intake intake, Orders orders, Sources sources) implements Intake.Door {
    @Override
    public Function<Tx, Taken> work(Submission submission) {
        JsonNode scan = orders.readTrackingEvent(submission.canonical());
        String namespace = sources.get(submission.source()).namespace();
        return tx -> tell(tx, submission, namespace, scan);
    }

    /** A scan that came before its label is known is kept as rejected, and can be tried again. */
    private Taken tell(Tx tx, Submission submission, String namespace, JsonNode scan) {
        Optional<Scans.Told> told = Scans.tell(tx, namespace, scan);
        if (told.isEmpty()) {
            Problem unknown = Problem.of(
                            TrackingCode.PARCEL_UNKNOWN,
                            "trackingNumber",
                            scan.path("trackingNumber").asText(),
                            "namespace",
                            namespace)
                    .at("/trackingNumber");
            return intake.keepBeside(tx, submission, scan.path("orderId").asText(null), List.of(unknown));
        }
        intake.answeredBeside(tx, submission, told.get().order());
        return new Taken(
                told.get().news() ? Taken.Result.ACCEPTED : Taken.Result.DUPLICATE,
                told.get().order().id(),
                told.get().order().orderId(),
                List.of());
    }
}
