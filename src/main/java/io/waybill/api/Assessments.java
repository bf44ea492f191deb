package io.waybill.api;

import io.waybill.readiness.Assessment;
import io.waybill.readiness.Readiness;

/** What an assessment of a source stands on: the rate sheets at hand, who sends, the thresholds. */
@FunctionalInterface
public interface Assessments {
    Assessment of(String source, Readiness readiness);
}
