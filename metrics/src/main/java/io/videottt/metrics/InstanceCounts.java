package io.videottt.metrics;

import io.videottt.base.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the average precision of instance segmentation is computed from: what became of each
 * detection, and how many objects there were. One object holds one frame, or many that were added
 * in the order of their images; equal to the COCO tools frame by frame and pooled. Not thread-safe.
 */
public final class InstanceCounts {

  private final List<List<DetectionOutcome>> detections = new ArrayList<>();

  /** [area ranges][K] objects that count. */
  private final long[][] truths;

  /**
   * Nothing yet.
   *
   * @param classCount K, at least 1
   */
  public InstanceCounts(int classCount) {
    if (classCount < 1) {
      throw new IllegalArgumentException(
          "classCount is %d, expected 1 or more".formatted(classCount));
    }
    for (int classId = 0; classId < classCount; classId++) {
      detections.add(new ArrayList<>());
    }
    truths = new long[AreaRange.values().length][classCount];
  }

  /**
   * Matches and counts the objects of one image.
   *
   * @param image name for messages
   * @param objects what is annotated
   * @param predictions what was predicted, in any order; among equal scores the first goes first
   * @throws InvalidInputException when a class is unknown, a score is not a number, or the masks
   *     have different sizes
   */
  public void add(String image, List<InstanceTruth> objects, List<InstanceDetection> predictions) {
    List<List<InstanceTruth>> truthsByClass = emptyLists();
    List<List<InstanceDetection>> detectionsByClass = emptyLists();
    List<RunLengthMask> masks = new ArrayList<>();
    for (InstanceTruth truth : objects) {
      requireClass(image, truth.classId());
      truthsByClass.get(truth.classId()).add(truth);
      masks.add(truth.mask());
    }
    for (InstanceDetection detection : predictions) {
      requireClass(image, detection.classId());
      if (Double.isNaN(detection.score())) {
        throw new InvalidInputException(
            "image %s: the score of a detection is not a number".formatted(image));
      }
      detectionsByClass.get(detection.classId()).add(detection);
      masks.add(detection.mask());
    }
    for (RunLengthMask mask : masks) {
      if (mask.height() != masks.get(0).height() || mask.width() != masks.get(0).width()) {
        throw new InvalidInputException(
            "image %s: one mask is %d x %d, another %d x %d (width x height)"
                .formatted(
                    image,
                    mask.width(),
                    mask.height(),
                    masks.get(0).width(),
                    masks.get(0).height()));
      }
    }
    for (int classId = 0; classId < classCount(); classId++) {
      new InstanceMatching(truthsByClass.get(classId), detectionsByClass.get(classId)).count(this);
    }
  }

  /** Appends the counts of later images with the same classes. */
  public void add(InstanceCounts other) {
    if (other.classCount() != classCount()) {
      throw new IllegalArgumentException(
          "cannot add counts of %d classes to counts of %d"
              .formatted(other.classCount(), classCount()));
    }
    for (int classId = 0; classId < classCount(); classId++) {
      detections.get(classId).addAll(other.detections.get(classId));
      for (AreaRange range : AreaRange.values()) {
        addTruths(classId, range, other.truths(classId, range));
      }
    }
  }

  /** Adds one detection, as a results file stores it; a class's detections in their order. */
  public void add(DetectionOutcome detection) {
    detections.get(detection.classId()).add(detection);
  }

  /** Adds objects of a class that count in an area range. */
  public void addTruths(int classId, AreaRange range, long count) {
    if (count < 0) {
      throw new InvalidInputException(
          "class %d has %d objects, expected 0 or more".formatted(classId, count));
    }
    truths[range.ordinal()][classId] += count;
  }

  /** K, the number of classes. */
  public int classCount() {
    return detections.size();
  }

  /** The detections of a class in their order. */
  public List<DetectionOutcome> detections(int classId) {
    return List.copyOf(detections.get(classId));
  }

  /** The number of objects of a class that count in an area range. */
  public long truths(int classId, AreaRange range) {
    return truths[range.ordinal()][classId];
  }

  /**
   * Average precision in percent over IoU 0.50 to 0.95.
   *
   * @return empty where no class has an object in the range
   */
  public Optional<Double> averagePrecision(AreaRange range) {
    return mean(range, 0, DetectionOutcome.THRESHOLDS - 1);
  }

  /**
   * Average precision in percent over IoU 0.50 to 0.95 and all sizes, as the paper's released code
   * prints it for COCO Videos, where the segments of stuff are objects too. Nothing is predicted
   * for them, so that their precision is zero and lowers the mean.
   *
   * @param stuff classes that have segments in the ground truth, and no objects here
   * @return empty where no class has an object or a segment
   */
  public Optional<Double> releasedAveragePrecision(Set<Integer> stuff) {
    long present = 0;
    double sum = 0;
    for (int classId = 0; classId < classCount(); classId++) {
      if (truths(classId, AreaRange.ALL) > 0) {
        sum += ofClass(classId, AreaRange.ALL, 0, DetectionOutcome.THRESHOLDS - 1);
        present++;
      } else if (stuff.contains(classId)) {
        present++;
      }
    }
    return present == 0 ? Optional.empty() : Optional.of(100 * sum / present);
  }

  /**
   * Average precision in percent at one IoU threshold, over all sizes.
   *
   * @param threshold t for IoU 0.50 + 0.05 t: 0 for AP50, 5 for AP75
   * @return empty where no class has an object
   */
  public Optional<Double> averagePrecisionAt(int threshold) {
    return mean(AreaRange.ALL, threshold, threshold);
  }

  /**
   * Average precision of one class in percent over IoU 0.50 to 0.95 and all sizes.
   *
   * @return empty where the class has no object
   */
  public Optional<Double> averagePrecisionOfClass(int classId) {
    if (truths(classId, AreaRange.ALL) == 0) {
      return Optional.empty();
    }
    return Optional.of(100 * ofClass(classId, AreaRange.ALL, 0, DetectionOutcome.THRESHOLDS - 1));
  }

  private Optional<Double> mean(AreaRange range, int first, int last) {
    double sum = 0;
    int present = 0;
    for (int classId = 0; classId < classCount(); classId++) {
      if (truths(classId, range) > 0) {
        sum += ofClass(classId, range, first, last);
        present++;
      }
    }
    return present == 0 ? Optional.empty() : Optional.of(100 * sum / present);
  }

  private double ofClass(int classId, AreaRange range, int first, int last) {
    PrecisionRecall curve =
        new PrecisionRecall(detections.get(classId), range, truths(classId, range));
    double sum = 0;
    for (int threshold = first; threshold <= last; threshold++) {
      sum += curve.averagePrecision(threshold);
    }
    return sum / (last - first + 1);
  }

  private void requireClass(String image, int classId) {
    if (classId < 0 || classId >= classCount()) {
      throw new InvalidInputException(
          "image %s: an object has the unknown class %d".formatted(image, classId));
    }
  }

  private <T> List<List<T>> emptyLists() {
    List<List<T>> lists = new ArrayList<>();
    for (int classId = 0; classId < classCount(); classId++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }
}
