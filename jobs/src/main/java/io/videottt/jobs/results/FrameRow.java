package io.videottt.jobs.results;

import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.jobs.sweep.plan.Unit;
import java.util.List;

/**
 * A row of the metrics table: a frame's result with everything that the table says about its unit.
 *
 * @param unit that the frame belongs to
 * @param unitId its id, which is costly to compute
 * @param classes of the data set, in the order of their ids
 * @param site where it was computed
 * @param frame the result
 */
record FrameRow(
    Unit unit,
    String unitId,
    List<ClassDefinition> classes,
    ExecutionSite site,
    FrameResult frame) {}
