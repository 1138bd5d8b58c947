package io.videottt.jobs.sweep.plan;

import io.videottt.jobs.data.UnitData;
import io.videottt.jobs.saved.SaveKind;
import io.videottt.model.features.FeatureFiles;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What all tasks of a run have in common.
 *
 * @param id names the folder of the run's unfinished files
 * @param output root of the results
 * @param device auto, cpu or gpu:N
 * @param checkpointInterval shortest time between two checkpoints of a unit
 * @param trainingImages where the controls' training images are, by {@link Unit#trainingImages}
 * @param save what is kept of predictions
 * @param trainingData ids of these images as {@link UnitData}, where they are remembered
 * @param features where the networks lie that predicted colours are looked at with
 */
public record SweepContext(
    String id,
    String output,
    String device,
    Duration checkpointInterval,
    Map<String, TrainingSource> trainingImages,
    Set<SaveKind> save,
    Map<String, String> trainingData,
    FeatureFiles features)
    implements Serializable {

  /** The same run with training images that are remembered. */
  public SweepContext remembering(Map<String, String> training) {
    return new SweepContext(
        id,
        output,
        device,
        checkpointInterval,
        trainingImages,
        save,
        Map.copyOf(training),
        features);
  }

  /** The same run, which keeps predictions. */
  public SweepContext saving(Set<SaveKind> kinds) {
    return new SweepContext(
        id,
        output,
        device,
        checkpointInterval,
        trainingImages,
        SaveKind.set(kinds),
        trainingData,
        features);
  }

  /** The same run with networks that look at predicted colours. */
  public SweepContext lookingWith(FeatureFiles files) {
    return new SweepContext(
        id, output, device, checkpointInterval, trainingImages, save, trainingData, files);
  }

  /** Training images by their name; empty where no control needs them. */
  public Optional<TrainingSource> training(String name) {
    return Optional.ofNullable(trainingImages.get(name));
  }
}
