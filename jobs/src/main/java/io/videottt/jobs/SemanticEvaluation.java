package io.videottt.jobs;

import io.videottt.catalog.LabelFolder;
import io.videottt.catalog.LabelMap;
import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.SemanticCounts;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Mean IoU of label maps against label maps of the same names. */
final class SemanticEvaluation implements FrameEvaluation<SemanticCounts> {

  private static final String MEAN_IOU = "mIoU";

  /** What {@code predict} writes beside a label map for the eye. */
  private static final String OVERLAY = "-overlay.png";

  private final LabelFolder groundTruth;
  private final LabelFolder predictions;
  private final int classCount;
  private final int ignoreLabel;

  SemanticEvaluation(
      LabelFolder groundTruth, LabelFolder predictions, int classCount, int ignoreLabel) {
    this.groundTruth = groundTruth;
    this.predictions = predictions;
    this.classCount = classCount;
    this.ignoreLabel = ignoreLabel;
    requireSameNames();
  }

  private void requireSameNames() {
    Set<String> annotated = new HashSet<>(groundTruth.names());
    Set<String> predicted = new HashSet<>(predictions.names());
    for (String name : groundTruth.names()) {
      if (!predicted.contains(name)) {
        throw new InvalidInputException(
            "%s/%s: no prediction for this ground truth in %s"
                .formatted(groundTruth.folder(), name, predictions.folder()));
      }
    }
    for (String name : predictions.names()) {
      boolean overlay =
          name.endsWith(OVERLAY)
              && predicted.contains(name.substring(0, name.length() - OVERLAY.length()) + ".png");
      if (!overlay && !annotated.contains(name)) {
        throw new InvalidInputException(
            "%s/%s: no ground truth for this prediction in %s"
                .formatted(predictions.folder(), name, groundTruth.folder()));
      }
    }
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
  public List<String> frames() {
    return groundTruth.names().stream().map(SemanticEvaluation::withoutExtension).toList();
  }

  private static String withoutExtension(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  @Override
  public SemanticCounts empty() {
    return new SemanticCounts(classCount);
  }

  @Override
  public SemanticCounts count(int frame) {
    String name = groundTruth.names().get(frame);
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
      counts.add(withIgnored(truth.labels()), prediction.labels());
      return counts;
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "image %s: %s; see --num-classes and --ignore-label"
              .formatted(withoutExtension(name), e.getMessage()),
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
                .formatted(i, label, classCount));
      }
      mapped[i] = label == ignoreLabel ? (byte) SemanticCounts.IGNORE : labels[i];
    }
    return mapped;
  }

  @Override
  public void add(SemanticCounts sum, SemanticCounts frame) {
    sum.add(frame);
  }

  @Override
  public Map<String, Optional<Double>> values(SemanticCounts counts) {
    OptionalDouble meanIou = counts.meanIou();
    Map<String, Optional<Double>> values = new LinkedHashMap<>();
    values.put(
        MEAN_IOU, meanIou.isPresent() ? Optional.of(meanIou.getAsDouble()) : Optional.empty());
    return values;
  }
}
