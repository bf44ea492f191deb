package io.waybill.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.ShipmentId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A carrier's own book of what it sold, and of what is on its way to be sold. */
final class LifeSales {
    private record Effect(long at, Prepared request) {}

    private final LifeNature nature;
    private final LifeMood mood;
    private final Consumer<String> history;
    private final List<LifeSale> sales = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final Map<String, LifeSale> byKey = new HashMap<>();
    private long now;

    LifeSales(LifeNature nature, LifeMood mood, Consumer<String> history) {
        this.nature = nature;
        this.mood = mood;
        this.history = history;
    }

    List<LifeSale> all() {
        return Collections.unmodifiableList(sales);
    }

    Optional<LifeSale> of(ShipmentId id) {
        return sales.stream().filter(sale -> sale.id.equals(id.value())).findFirst();
    }

    /** What a look-up finds by now. */
    List<LifeSale> shown(Ref ref) {
        return sales.stream()
                .filter(sale -> nature.hasKeys()
                        ? key(sale.ref).equals(key(ref))
                        : sale.ref.value().equals(ref.value()))
                .filter(sale -> sale.shown <= now)
                .toList();
    }

    /** What was sold for the same key, to a carrier that has keys. */
    @Nullable
    LifeSale known(Ref ref) {
        return nature.hasKeys() ? byKey.get(key(ref)) : null;
    }

    /** Whether its key is being worked on. */
    boolean isOnItsWay(Ref ref) {
        return nature.hasKeys()
                && effects.stream().anyMatch(effect -> key(effect.request.ref()).equals(key(ref)));
    }

    boolean isPrinted(LifeSale sale) {
        return sale.printed <= now;
    }

    /** It will be sold in so many milliseconds. */
    void later(Prepared request, long millis) {
        effects.add(new Effect(now + millis, request));
    }

    LifeSale sell(Prepared request, SplittableRandom dice) {
        return sell(request, now, dice);
    }

    /** What is on its way takes effect. */
    void pass(long millis) {
        now += millis;
        List<Effect> due = effects.stream().filter(effect -> effect.at <= now).toList();
        effects.removeAll(due);
        for (Effect effect : due) {
            Ref ref = effect.request.ref();
            if (known(ref) == null) {
                sell(effect.request, effect.at, mood.dice("effect " + ref.value()));
            }
        }
    }

    /** A second label for a request it has just sold one for. */
    void sellAgain(Ref ref) {
        LifeSale first = sales.get(sales.size() - 1);
        add(new LifeSale(nextId(), ref, first.content, first.shown, first.printed));
    }

    private LifeSale sell(Prepared request, long at, SplittableRandom dice) {
        boolean shows = nature.proven() || nature.hasKeys();
        long shown = at + (shows ? dice.nextInt(5_000) : dice.nextInt(2) == 0 ? 0 : dice.nextInt(300_000));
        long printed = dice.nextInt(100) < 25 ? at + dice.nextInt(20_000) : at;
        Ref ref = request.ref();
        LifeSale sale = new LifeSale(nextId(), ref, new String(request.bytes(), UTF_8), shown, printed);
        sale.given = printed <= at;
        byKey.put(key(ref), sale);
        return add(sale);
    }

    private String nextId() {
        return nature.name().substring(0, 1) + (sales.size() + 1);
    }

    private LifeSale add(LifeSale sale) {
        sales.add(sale);
        history.accept(nature.name() + " sells " + sale.id + " for " + sale.ref.value() + " (" + sale.ref.orderNumber()
                + ") to " + sale.content);
        return sale;
    }

    private static String key(Ref ref) {
        return ref.purchaseKey().toString();
    }
}
