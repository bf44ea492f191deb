package io.waybill.carrier.fedex;

import io.waybill.carrier.Answer;
import io.waybill.carrier.CallSettings;
import io.waybill.carrier.CarrierHttp;
import java.net.URI;
import java.util.Map;

/** Documents FedEx gives an address for instead of bytes. Only FedEx's own hosts are asked, without any credentials. */
final class FedexDocuments {
    private final CallSettings calls;

    FedexDocuments(CallSettings calls) {
        this.calls = calls;
    }

    /** @throws IllegalArgumentException when the address is not FedEx's, or does not answer with a document */
    byte[] read(String address) {
        URI url = URI.create(address);
        if (!isFedex(url)) {
            throw new IllegalArgumentException("not an address of FedEx: " + url.getScheme() + "://" + url.getHost());
        }
        URI host = URI.create(url.getScheme() + "://" + url.getRawAuthority());
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        Answer answer = new CarrierHttp(host, calls.connectTimeout(), calls.answerTimeout())
                .get(url.getRawPath() + query, Map.of());
        if (answer instanceof Answer.Read said && said.ok()) {
            return said.body();
        }
        throw new IllegalArgumentException("the document does not come from " + url.getHost());
    }

    /** The host the account calls is FedEx too, wherever {@code baseUrl} says it is. */
    private boolean isFedex(URI url) {
        String host = url.getHost();
        if (host == null || url.getUserInfo() != null) {
            return false;
        }
        boolean own = calls.base().getScheme().equals(url.getScheme())
                && calls.base().getAuthority().equals(url.getAuthority());
        return own || ("https".equals(url.getScheme()) && (host.equals("fedex.com") || host.endsWith(".fedex.com")));
    }
}
