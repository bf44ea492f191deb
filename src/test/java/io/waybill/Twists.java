package io.waybill;

import java.util.ArrayList;
import java.util.List;

/** Every way in which one call is asked wrongly: by its path, its query, its headers and its body. */
final class Twists {
    private final TwistedCall call;

    /**
     * @param path as the call is asked rightly, with its query
     * @param body likewise
     */
    Twists(ContractAnswers contract, EveryCall.Call call, String path, String body) {
        this.call = TwistedCall.of(contract, call, path, body);
    }

    List<Twist> all() throws Exception {
        List<Twist> twists = new ArrayList<>();
        twists.add(call.right());
        TwistWords.HEADERS.forEach(header -> twists.add(call.with(header)));
        twists.addAll(new AddressTwists(call).all());
        twists.addAll(new BodyTwists(call).all());
        return List.copyOf(twists);
    }
}
