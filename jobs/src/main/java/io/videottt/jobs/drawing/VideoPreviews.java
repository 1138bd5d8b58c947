package io.videottt.jobs.drawing;

import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.adaptation.scoring.FramePreview;
import io.videottt.adaptation.scoring.PreviewRenderer;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.catalog.video.Video;
import io.videottt.metrics.InstanceDetection;
import io.videottt.metrics.InstanceTruth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keeps pictures of frames of a video, evenly spaced, the same whatever the method is. Input and
 * truth, which no method changes, are kept by one of them.
 */
public final class VideoPreviews implements PreviewRenderer {

  /** Pictures per video, task and method: enough to play a video of a few hundred frames. */
  public static final int MOST_FRAMES = 48;

  /** Detections of a lower score are not drawn. */
  private static final double LEAST_SCORE = 0.5;

  private final PreviewPictures pictures;
  private final Set<Integer> frames;
  private final boolean withInput;

  /**
   * @param video whose frames are seen
   * @param classes of the data set
   * @param withInput whether input and truth are kept, too
   */
  public VideoPreviews(Video video, PredictedClasses classes, boolean withInput) {
    this.pictures = new PreviewPictures(classes);
    this.frames = sample(video);
    this.withInput = withInput;
  }

  /**
   * Indices of the frames: every n-th with the smallest n that makes them {@link #MOST_FRAMES} at
   * most. Where only some frames are annotated, the one nearest to the n-th takes its place: metric
   * and truth are what the pictures are looked at for.
   */
  static Set<Integer> sample(Video video) {
    int count = video.frameCount();
    int step = Math.max(1, (count + MOST_FRAMES - 1) / MOST_FRAMES);
    return IntStream.iterate(step / 2, middle -> middle < count, middle -> middle + step)
        .map(middle -> annotated(video, middle, step))
        .boxed()
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The annotated frame nearest to the middle of its share, the middle itself without one. */
  private static int annotated(Video video, int middle, int step) {
    int first = middle - step / 2;
    return IntStream.range(first, Math.min(first + step, video.frameCount()))
        .filter(video::annotated)
        .boxed()
        .min(Comparator.comparingInt(index -> Math.abs(index - middle)))
        .orElse(middle);
  }

  @Override
  public Optional<FramePreview> draw(Frame frame, TaskPrediction prediction) {
    if (!frames.contains(frame.index())) {
      return Optional.empty();
    }
    Optional<byte[]> input =
        withInput ? Optional.of(pictures.input(frame.image())) : Optional.empty();
    Optional<byte[]> truth = withInput ? truth(frame, prediction) : Optional.empty();
    return Optional.of(new FramePreview(predicted(frame, prediction), input, truth));
  }

  private byte[] predicted(Frame frame, TaskPrediction prediction) {
    if (prediction instanceof TaskPrediction.Semantic semantic) {
      return pictures.semantic(semantic.labels());
    }
    if (prediction instanceof TaskPrediction.Panoptic panoptic) {
      return pictures.panoptic(panoptic.map(), frame.truth().panoptic());
    }
    if (prediction instanceof TaskPrediction.Instance instance) {
      List<InstanceTruth> drawn =
          instance.detections().stream()
              .filter(detection -> detection.score() >= LEAST_SCORE)
              .sorted(Comparator.comparingDouble(InstanceDetection::score))
              .map(d -> new InstanceTruth(d.classId(), d.mask(), d.mask().area(), false))
              .toList();
      return pictures.instances(
          drawn, frame.truth().instances(), frame.image().height(), frame.image().width());
    }
    if (prediction instanceof TaskPrediction.Colorization colorization) {
      return pictures.input(colorization.colours());
    }
    throw new IllegalStateException("a prediction is one of four kinds");
  }

  private Optional<byte[]> truth(Frame frame, TaskPrediction prediction) {
    GroundTruth truth = frame.truth();
    return switch (prediction.task()) {
      case SEMANTIC -> truth.labels().map(pictures::semantic);
      case PANOPTIC -> truth.panoptic().map(pictures::panoptic);
      case INSTANCE ->
          truth
              .instances()
              .map(o -> pictures.instances(o, frame.image().height(), frame.image().width()));
      case COLORIZATION -> truth.colours().map(pictures::input);
    };
  }
}
