package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Downloads;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.ShipmentId;
import java.util.List;
import java.util.Optional;

/**
 * Shipments of many parcels, which FedEx makes later: {@code POST /ship/v1/shipments/results}. Until then the job's id stands
 * for the shipment, {@code job:…}, or {@code job-billed-elsewhere:…} when its price is nothing the account owes.
 */
final class FedexJobs {
    private static final String OURS = "job:";
    private static final String THEIRS = "job-billed-elsewhere:";

    private FedexJobs() {}

    static ShipmentId id(String job, boolean isPaidByAccount) {
        return new ShipmentId((isPaidByAccount ? OURS : THEIRS) + job);
    }

    static boolean isJob(ShipmentId id) {
        return id.value().startsWith(OURS) || id.value().startsWith(THEIRS);
    }

    static byte[] request(ShipmentId id, String number) {
        String job = id.value().substring(id.value().indexOf(':') + 1);
        ObjectNode out = RequestJson.object().put("jobId", job);
        out.set("accountNumber", FedexJson.value(number));
        return RequestJson.bytes(out);
    }

    /**
     * A job that is not done yet, one that made some of its parcels alone and one that is not known read alike: it is asked for
     * again, and in time a person is told.
     *
     * @param parcels how many were bought, or 0 where that is not known
     */
    static Fetched fetched(Answer.Read answer, ShipmentId job, int parcels, LabelRequest wanted, Downloads documents) {
        Optional<Reply> shipment = answer.ok() ? FedexSale.shipment(Reply.of(answer.body())) : Optional.empty();
        if (shipment.isEmpty()) {
            return new Fetched.NotYet("the job is not done" + Reply.words(answer));
        }
        List<Reply> pieces = FedexSale.pieces(shipment.get());
        ShipmentId id = FedexSale.id(shipment.get(), pieces);
        return new FedexPapers(shipment.get(), pieces, wanted, documents)
                .label(parcels)
                .<Fetched>map(label -> new Fetched.Ready(
                        label,
                        FedexSale.numbers(id, shipment.get(), pieces),
                        job.value().startsWith(OURS)
                                ? FedexCharges.ofSale(shipment.get(), Optional.empty())
                                : List.of()))
                .orElseGet(() -> new Fetched.NotYet(
                        pieces.size() < parcels
                                ? "FedEx made " + pieces.size() + " of " + parcels + " parcels, as " + id.value()
                                : "FedEx sent no label that can be read"));
    }

    /** The master's number once the job is done. */
    static Optional<ShipmentId> master(Answer.Read answer) {
        return answer.ok()
                ? FedexSale.shipment(Reply.of(answer.body())).map(one -> FedexSale.id(one, FedexSale.pieces(one)))
                : Optional.empty();
    }
}
