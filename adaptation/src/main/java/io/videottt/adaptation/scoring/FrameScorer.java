package io.videottt.adaptation.scoring;

import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.metrics.InstanceCounts;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.PanopticRules;
import io.videottt.metrics.SemanticCounts;
import java.util.Optional;

/** Compares what was predicted with what is annotated. */
public final class FrameScorer {

  private final int classCount;

  /**
   * @param classCount K, of the ground truth
   */
  public FrameScorer(int classCount) {
    this.classCount = classCount;
  }

  /**
   * Scores one frame.
   *
   * @param image name for messages
   * @return empty where the task is not annotated
   * @throws io.videottt.base.InvalidInputException when the ground truth contradicts itself
   */
  public Optional<FrameScore> score(String image, GroundTruth truth, TaskPrediction prediction) {
    if (!truth.has(prediction.task())) {
      return Optional.empty();
    }
    if (prediction instanceof TaskPrediction.Semantic semantic) {
      SemanticCounts counts = new SemanticCounts(classCount);
      counts.add(truth.labels().orElseThrow().labels(), semantic.labels().labels());
      return Optional.of(new FrameScore.Semantic(counts));
    }
    if (prediction instanceof TaskPrediction.Panoptic panoptic) {
      PanopticCounts counts = new PanopticCounts(classCount);
      counts.add(image, truth.panoptic().orElseThrow(), panoptic.map());
      PanopticCounts released = new PanopticCounts(classCount);
      released.add(image, truth.panoptic().orElseThrow(), panoptic.map(), PanopticRules.RELEASED);
      return Optional.of(new FrameScore.Panoptic(counts, Optional.of(released)));
    }
    if (prediction instanceof TaskPrediction.Instance instance) {
      InstanceCounts counts = new InstanceCounts(classCount);
      counts.add(image, truth.instances().orElseThrow(), instance.detections());
      return Optional.of(new FrameScore.Instance(counts, Optional.of(truth.stuff())));
    }
    throw new IllegalStateException("a prediction is one of three kinds");
  }
}
