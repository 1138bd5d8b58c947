package io.videottt.jobs;

import io.videottt.catalog.DataSetDefinition;
import java.io.Serializable;
import java.util.List;

/**
 * What one Spark task does: the units of one video, one after another. Small, since it travels to
 * the executor; the data are opened there.
 *
 * @param dataset the data set with the root that is used
 * @param split for example test
 * @param video id within the data set
 * @param units at least one
 * @param cost what the units are assumed to cost together, in frame predictions
 */
record VideoTask(
    DataSetDefinition dataset, String split, String video, List<Unit> units, double cost)
    implements Serializable {}
