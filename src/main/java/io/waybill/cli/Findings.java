package io.waybill.cli;

import io.waybill.problem.Problem;
import java.util.List;

/**
 * What a look at a hub's parts found.
 *
 * @param problems that must be corrected
 * @param warnings that should be
 * @param facts worth knowing: which store, which files are off
 */
public record Findings(List<Problem> problems, List<Problem> warnings, List<Problem> facts) {}
