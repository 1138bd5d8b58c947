package io.videottt.jobs;

import io.videottt.catalog.DataSetDefinition;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * What all tasks of a run have in common.
 *
 * @param id names the folder of the run's unfinished files
 * @param output root of the results
 * @param device auto, cpu or gpu:N
 * @param checkpointInterval shortest time between two checkpoints of a unit
 * @param trainingImages data set of the controls' training images with its root, null for none
 * @param trainingSplit its split, null for none
 */
record SweepRun(
    String id,
    String output,
    String device,
    Duration checkpointInterval,
    DataSetDefinition trainingImages,
    String trainingSplit)
    implements Serializable {

  Optional<DataSetDefinition> training() {
    return Optional.ofNullable(trainingImages);
  }
}
