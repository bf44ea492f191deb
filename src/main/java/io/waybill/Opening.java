package io.waybill;

import io.waybill.api.Api;
import io.waybill.intake.SourceSettings;
import io.waybill.readiness.Assessment;
import io.waybill.readiness.Readiness;
import io.waybill.rollout.NextStage;
import io.waybill.rollout.Rollout;
import java.time.LocalDate;
import java.time.ZoneId;

/** From the first order that is only looked at to a source that is served for good: how ready it is, and what is switched on. */
final class Opening {
    private final Plan plan;
    private final Ground ground;
    private final Surroundings surroundings;
    private final Rollout rollout;

    /** @param switched called when a stage was switched */
    Opening(Plan plan, Ground ground, Runnable switched) {
        this.plan = plan;
        this.ground = ground;
        surroundings = new Surroundings(plan.sources, plan.choosing, plan.sinks, plan.thresholds);
        rollout = new Rollout(ground.ledger, plan.namespaces, plan.retention, switched);
    }

    Api.Opening calls() {
        NextStage next = new NextStage(ground.ledger, plan.accounts, plan.sinks::takers);
        return new Api.Opening(rollout, next, surroundings::of, this::assessment);
    }

    private Assessment assessment(String source, Readiness readiness) {
        SourceSettings settings = plan.sources.get(source);
        LocalDate today = ground.ledger
                .read(tx -> tx.now())
                .atZone(ZoneId.systemDefault())
                .toLocalDate();
        return new Assessment(
                readiness, plan.rateSheets.serving(settings.namespace()), settings.shipFrom(), plan.steps, today);
    }
}
