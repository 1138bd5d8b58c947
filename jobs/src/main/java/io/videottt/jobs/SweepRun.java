package io.videottt.jobs;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What all tasks of a run have in common.
 *
 * @param id names the folder of the run's unfinished files
 * @param output root of the results
 * @param device auto, cpu or gpu:N
 * @param checkpointInterval shortest time between two checkpoints of a unit
 * @param trainingImages where the controls' training images are, by {@link Unit#trainingImages}
 */
record SweepRun(
    String id,
    String output,
    String device,
    Duration checkpointInterval,
    Map<String, TrainingVideos> trainingImages)
    implements Serializable {

  /** Training images by their name; empty where no control needs them. */
  Optional<TrainingVideos> training(String name) {
    return Optional.ofNullable(trainingImages.get(name));
  }
}
