package io.videottt.jobs;

import io.videottt.catalog.DataSetDefinition;
import java.io.Serializable;
import java.util.List;

/**
 * What one Spark task does: the units of one video, one group after another. Small, since it
 * travels to the executor; the data are opened there.
 *
 * @param dataset the data set with the root that is used
 * @param split for example test
 * @param video id within the data set
 * @param groups units that run together, at least one group
 * @param cost what the groups are assumed to cost together, in frame predictions
 */
record VideoTask(
    DataSetDefinition dataset, String split, String video, List<UnitGroup> groups, double cost)
    implements Serializable {

  List<Unit> units() {
    return groups.stream().flatMap(group -> group.units().stream()).toList();
  }
}
