package io.videottt.jobs.evaluate;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.folders.LabelFolder;
import io.videottt.catalog.image.LabelMap;
import io.videottt.metrics.SemanticCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** Mean IoU of label maps against label maps of the same names. */
public final class SemanticEvaluation implements FrameEvaluation<SemanticCounts> {

  private static final String MEAN_IOU = "mIoU";

  /** What {@code predict} writes beside a label map for the eye. */
  private static final String OVERLAY = "-overlay.png";

  private final LabelFolder groundTruth;
  private final LabelFolder predictions;
  private final Set<String> predicted;
  private final List<String> classes;
  private final int ignoreLabel;
  private final boolean wholeTruth;

  /**
   * Compares the files of two folders.
   *
   * @param classes the names of the classes from 0 to K - 1
   * @param ignoreLabel in the ground truth, pixels that do not count; in a prediction, where it is
   *     no class, pixels without one
   * @param wholeTruth whether every prediction must have a ground truth
   */
  public SemanticEvaluation(
      LabelFolder groundTruth,
      LabelFolder predictions,
      List<String> classes,
      int ignoreLabel,
      boolean wholeTruth) {
    this.groundTruth = groundTruth;
    this.predictions = predictions;
    this.predicted = Set.copyOf(predictions.names());
    this.classes = List.copyOf(classes);
    this.ignoreLabel = ignoreLabel;
    this.wholeTruth = wholeTruth;
  }

  /** Class names where only their number is known. */
  public static List<String> numbered(int classCount) {
    return IntStream.range(0, classCount).mapToObj(Integer::toString).toList();
  }

  @Override
  public String task() {
    return "semantic";
  }

  @Override
  public List<String> metrics() {
    return List.of(MEAN_IOU);
  }

  @Override
  public List<String> classMetrics() {
    return List.of("IoU");
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public List<String> files() {
    return groundTruth.names();
  }

  @Override
  public List<String> unmatched() {
    if (!wholeTruth) {
      return List.of();
    }
    Set<String> annotated = Set.copyOf(groundTruth.names());
    return predictions.names().stream()
        .filter(name -> !annotated.contains(name) && !isOverlay(name))
        .map(
            name ->
                "%s/%s: no ground truth for this prediction in %s"
                    .formatted(predictions.folder(), name, groundTruth.folder()))
        .toList();
  }

  private boolean isOverlay(String name) {
    return name.endsWith(OVERLAY)
        && predicted.contains(name.substring(0, name.length() - OVERLAY.length()) + ".png");
  }

  @Override
  public SemanticCounts empty() {
    return new SemanticCounts(classes.size());
  }

  @Override
  public SemanticCounts count(int frame) {
    String name = groundTruth.names().get(frame);
    if (!predicted.contains(name)) {
      throw new InvalidInputException(
          "%s/%s: no prediction for this ground truth in %s"
              .formatted(groundTruth.folder(), name, predictions.folder()));
    }
    LabelMap truth = groundTruth.read(name);
    LabelMap prediction = predictions.read(name);
    if (truth.height() != prediction.height() || truth.width() != prediction.width()) {
      throw new InvalidInputException(
          "%s/%s: %d x %d pixels, the ground truth has %d x %d (width x height)"
              .formatted(
                  predictions.folder(),
                  name,
                  prediction.width(),
                  prediction.height(),
                  truth.width(),
                  truth.height()));
    }
    try {
      SemanticCounts counts = empty();
      counts.add(withIgnored(truth.labels()), withVoid(prediction.labels()));
      return counts;
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "image %s: %s; see --num-classes and --ignore-label"
              .formatted(FrameNames.withoutExtension(name), e.getMessage()),
          e);
    }
  }

  /** The ground truth with {@link SemanticCounts#IGNORE} in place of the label to ignore. */
  private byte[] withIgnored(byte[] labels) {
    if (ignoreLabel == SemanticCounts.IGNORE) {
      return labels;
    }
    byte[] mapped = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      int label = labels[i] & 0xff;
      if (label == SemanticCounts.IGNORE) {
        throw new InvalidInputException(
            "pixel %d holds ground-truth id %d, outside the %d classes"
                .formatted(i, label, classes.size()));
      }
      mapped[i] = label == ignoreLabel ? (byte) SemanticCounts.IGNORE : labels[i];
    }
    return mapped;
  }

  /** The prediction with {@link SemanticCounts#IGNORE} where it is the label to ignore. */
  private byte[] withVoid(byte[] labels) {
    if (ignoreLabel == SemanticCounts.IGNORE || ignoreLabel < classes.size()) {
      return labels;
    }
    byte[] mapped = labels.clone();
    for (int i = 0; i < mapped.length; i++) {
      if ((mapped[i] & 0xff) == ignoreLabel) {
        mapped[i] = (byte) SemanticCounts.IGNORE;
      }
    }
    return mapped;
  }

  @Override
  public void add(SemanticCounts sum, SemanticCounts frame) {
    sum.add(frame);
  }

  @Override
  public Map<String, Optional<Double>> values(SemanticCounts counts) {
    Map<String, Optional<Double>> values = new LinkedHashMap<>();
    values.put(MEAN_IOU, boxed(counts.meanIou()));
    return values;
  }

  @Override
  public Map<String, Optional<Double>> released(SemanticCounts counts) {
    return Map.of(MEAN_IOU, boxed(counts.releasedMeanIou()));
  }

  @Override
  public List<Optional<Double>> classValues(SemanticCounts counts, int classId) {
    return List.of(boxed(counts.iou(classId)));
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  @Override
  public List<String> notes(SemanticCounts pooled) {
    List<String> notes = new ArrayList<>();
    long missed = IntStream.range(0, classes.size()).mapToLong(pooled::unpredictedPixels).sum();
    if (missed > 0) {
      notes.add(
          "%d of %d pixels have no predicted class (void) and count as misses."
              .formatted(missed, pooled.pixels()));
    }
    for (LabelFolder folder : List.of(groundTruth, predictions)) {
      List<String> others = folder.notRead();
      if (!others.isEmpty()) {
        notes.add(
            "%d file(s) in %s are no label maps and were not read, for example %s."
                .formatted(others.size(), folder.folder(), others.get(0)));
      }
    }
    return notes;
  }
}
