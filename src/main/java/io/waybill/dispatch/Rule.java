package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Choice;
import io.waybill.order.Order;
import java.util.Optional;

/** One named rule of the list in {@link Choosing}: it chooses, or leaves the order to the next. */
interface Rule {
    String name();

    Optional<Choice> choose(Order order, String namespace, Accounts accounts);

    /** Whether it may speak of an order that names a carrier which none of its accounts buys from. */
    default boolean takesFromOthers(Order order) {
        return false;
    }

    /** What an order asks for; {@code ground} where it does not say. */
    static String service(Order order) {
        return order.service() == null ? "ground" : order.service();
    }

    /** This account buys this service of its carrier. */
    static Choice fixed(Account account, String service, String rule) {
        return new Choice.Fixed(account.name(), account.carrierId(), service, rule);
    }
}
