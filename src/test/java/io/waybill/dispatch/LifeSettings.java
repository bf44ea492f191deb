package io.waybill.dispatch;

import io.waybill.access.Spending;
import io.waybill.carrier.BreakerSettings;
import io.waybill.carrier.RetryBudget;
import io.waybill.order.Orders;
import io.waybill.settings.Settings;
import java.time.Duration;

/** How the hub of a walk is set up. */
final class LifeSettings {
    static final DispatchSettings PATIENCE = Waits.of(
            Duration.ofSeconds(120),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            3,
            Duration.ofSeconds(8));
    static final Settings ALL = Settings.of("""
            defaults.namespace=acme
            defaults.shipFrom.name=Acme Depot
            defaults.shipFrom.line1=500 Depot Rd
            defaults.shipFrom.city=Austin
            defaults.shipFrom.state=TX
            defaults.shipFrom.postalCode=78701
            defaults.shipFrom.country=US
            source.erp.onChange=replace
            source.strict.onChange=conflict
            source.small.onChange=replace
            source.small.limit.labelsPerDay=2
            service.ground=fake:ground
            service.express=spare:ground
            """);

    /** Its time is not the walk's. */
    static final BreakerSettings NEVER = new BreakerSettings(100, 10_000, 10_000, Duration.ofMinutes(1));

    static final RetryBudget.Limits PLENTY = new RetryBudget.Limits(100, 10_000, Duration.ofMinutes(1));
    static final Spending SPENDING = Spending.read(ALL);
    static final Orders ORDERS = new Orders();

    private LifeSettings() {}
}
