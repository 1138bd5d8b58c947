package io.videottt.adaptation.scoring;

import io.videottt.adaptation.inference.FrameMemory;
import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.base.Task;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.metrics.ChromaChange;
import io.videottt.metrics.ColourCounts;
import io.videottt.metrics.Colourfulness;
import io.videottt.metrics.InstanceCounts;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.PanopticRules;
import io.videottt.metrics.SemanticCounts;
import io.videottt.model.features.FeatureNetworks;
import java.util.Optional;
import java.util.Set;

/** Compares what was predicted with what is annotated. */
public final class FrameScorer {

  private final int classCount;
  private final Optional<ColourMemory> colours;
  private final FeatureNetworks networks;

  /**
   * A scorer of frames that are not a stream.
   *
   * @param classCount K, of the ground truth
   */
  public FrameScorer(int classCount) {
    this(classCount, Optional.empty(), FeatureNetworks.NONE);
  }

  /**
   * A scorer of a video's frames, which go by in the order of their prediction.
   *
   * @param classCount K, of the ground truth
   * @param colours remembers the colours of the frame before
   * @param networks look at predicted colours
   */
  public FrameScorer(int classCount, ColourMemory colours, FeatureNetworks networks) {
    this(classCount, Optional.of(colours), networks);
  }

  private FrameScorer(int classCount, Optional<ColourMemory> colours, FeatureNetworks networks) {
    this.classCount = classCount;
    this.colours = colours;
    this.networks = networks;
  }

  /** What is remembered of earlier frames for some tasks, for checkpoints. */
  public Optional<FrameMemory> memory(Set<Task> tasks) {
    return tasks.contains(Task.COLORIZATION) ? colours.map(memory -> memory) : Optional.empty();
  }

  /** Forgets the frames before: the stream starts at its first frame. */
  public void startAgain() {
    colours.ifPresent(ColourMemory::startAgain);
  }

  /**
   * Scores one frame.
   *
   * @return empty where the task is not annotated
   * @throws io.videottt.base.InvalidInputException when the ground truth contradicts itself
   */
  public Optional<FrameScore> score(Frame frame, TaskPrediction prediction) {
    GroundTruth truth = frame.truth();
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
      counts.add(frame.name(), truth.panoptic().orElseThrow(), panoptic.map());
      PanopticCounts released = new PanopticCounts(classCount);
      released.add(
          frame.name(), truth.panoptic().orElseThrow(), panoptic.map(), PanopticRules.RELEASED);
      return Optional.of(new FrameScore.Panoptic(counts, Optional.of(released)));
    }
    if (prediction instanceof TaskPrediction.Instance instance) {
      InstanceCounts counts = new InstanceCounts(classCount);
      counts.add(frame.name(), truth.instances().orElseThrow(), instance.detections());
      return Optional.of(new FrameScore.Instance(counts, Optional.of(truth.stuff())));
    }
    if (prediction instanceof TaskPrediction.Colorization colorization) {
      return Optional.of(
          score(frame.index(), truth.colours().orElseThrow(), colorization.colours()));
    }
    throw new IllegalStateException("a prediction is one of four kinds");
  }

  private FrameScore score(int index, RgbImage truth, RgbImage predicted) {
    Optional<ChromaChange> change = colours.flatMap(memory -> memory.see(index, predicted, truth));
    return new FrameScore.Colorization(
        ColourCounts.of(truth.pixels(), predicted.pixels(), truth.height(), truth.width()),
        Colourfulness.of(predicted.pixels()),
        Colourfulness.of(truth.pixels()),
        change,
        FeatureScore.of(networks, truth, predicted));
  }
}
