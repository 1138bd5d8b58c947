package io.videottt.jobs.sweep.plan;

import io.videottt.catalog.definition.DataSetDefinition;
import java.io.Serializable;
import java.util.List;

/**
 * What one Spark task does: units of one video, one group after another. Small, since it travels to
 * the executor; the data are opened there.
 *
 * @param dataset the data set with the root that is used
 * @param split for example test
 * @param video id within the data set
 * @param groups units that run together, at least one group
 * @param cost seconds that the groups are expected to take together
 */
public record VideoWork(
    DataSetDefinition dataset, String split, String video, List<AdaptationWork> groups, double cost)
    implements Serializable {

  public static VideoWork of(
      DataSetDefinition dataset, String split, String video, List<AdaptationWork> groups) {
    double cost = groups.stream().mapToDouble(AdaptationWork::cost).sum();
    return new VideoWork(dataset, split, video, groups, cost);
  }

  /** The same video with other groups. */
  public VideoWork with(List<AdaptationWork> others) {
    return of(dataset, split, video, others);
  }

  public List<Unit> units() {
    return groups.stream().flatMap(group -> group.units().stream()).toList();
  }
}
