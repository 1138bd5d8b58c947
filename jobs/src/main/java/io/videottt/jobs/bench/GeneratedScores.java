package io.videottt.jobs.bench;

import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.base.Task;
import io.videottt.metrics.AreaRange;
import io.videottt.metrics.ChromaChange;
import io.videottt.metrics.ColourCounts;
import io.videottt.metrics.DetectionOutcome;
import io.videottt.metrics.InstanceCounts;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.SemanticCounts;
import io.videottt.metrics.SparseCounts;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Random scores of street scenes: 19 classes, twelve of them in a frame. */
final class GeneratedScores {

  static final int CLASSES = 19;

  private static final int IN_FRAME = 12;
  private static final int CONFUSED_WITH = 4;
  private static final int DETECTIONS = 20;
  private static final int OBJECTS = 10;

  private final int quality;
  private final SplittableRandom random;

  /**
   * @param quality the higher, the better the scores
   * @param random decides the rest
   */
  GeneratedScores(int quality, SplittableRandom random) {
    this.quality = quality;
    this.random = random;
  }

  /** The score of the next frame. */
  FrameScore next(Task task) {
    return switch (task) {
      case SEMANTIC -> new FrameScore.Semantic(semantic());
      case PANOPTIC -> {
        PanopticCounts counts = panoptic();
        yield new FrameScore.Panoptic(counts, Optional.of(counts));
      }
      case INSTANCE -> new FrameScore.Instance(instance(), Optional.of(Set.of()));
      case COLORIZATION -> colorization();
    };
  }

  /** A frame of a thousand pixels, all of which have a structural similarity. */
  private FrameScore colorization() {
    long samples = 3_000;
    long error = 1L + random.nextInt(2_000_000 - 1_000 * quality);
    double similarity = samples * (0.5 + 0.4 * random.nextDouble());
    return new FrameScore.Colorization(
        new ColourCounts(error, samples, similarity, samples),
        20 + 20 * random.nextDouble(),
        40,
        Optional.of(new ChromaChange(2_000 * random.nextDouble(), 1_000, 2_000)));
  }

  /** Twelve classes, each confused with some others: five cells of the matrix per class. */
  private SemanticCounts semantic() {
    int[] cells = new int[IN_FRAME * (CONFUSED_WITH + 1)];
    long[] counts = new long[cells.length];
    int first = random.nextInt(CLASSES - IN_FRAME + 1);
    int next = 0;
    for (int truth = first; truth < first + IN_FRAME; truth++) {
      int from = Math.min(Math.max(0, truth - CONFUSED_WITH / 2), CLASSES - CONFUSED_WITH - 1);
      for (int predicted = from; predicted <= from + CONFUSED_WITH; predicted++) {
        cells[next] = truth * CLASSES + predicted;
        counts[next++] = 1L + random.nextInt(truth == predicted ? 20_000 + 500 * quality : 2_000);
      }
    }
    return SemanticCounts.of(CLASSES, new SparseCounts(cells, counts));
  }

  private PanopticCounts panoptic() {
    PanopticCounts counts = new PanopticCounts(CLASSES);
    int first = random.nextInt(CLASSES - IN_FRAME + 1);
    for (int classId = first; classId < first + IN_FRAME; classId++) {
      int right = random.nextInt(2 + quality / 4);
      double iou = right * (0.55 + 0.4 * random.nextDouble());
      counts.add(classId, iou, right, random.nextInt(2), 1 + random.nextInt(2));
    }
    return counts;
  }

  private InstanceCounts instance() {
    InstanceCounts counts = new InstanceCounts(CLASSES);
    for (int object = 0; object < OBJECTS; object++) {
      int classId = random.nextInt(CLASSES);
      counts.addTruths(classId, AreaRange.ALL, 1);
      counts.addTruths(classId, AreaRange.values()[1 + random.nextInt(3)], 1);
    }
    for (int detection = 0; detection < DETECTIONS; detection++) {
      int classId = random.nextInt(CLASSES);
      boolean found = counts.truths(classId, AreaRange.ALL) > 0 && random.nextInt(20) < quality;
      int thresholds = found ? (1 << random.nextInt(DetectionOutcome.THRESHOLDS + 1)) - 1 : 0;
      int area = 1 + random.nextInt(3);
      int[] matched = new int[AreaRange.values().length];
      int[] ignored = new int[AreaRange.values().length];
      int all = (1 << DetectionOutcome.THRESHOLDS) - 1;
      for (int range = 0; range < matched.length; range++) {
        matched[range] = range == 0 || range == area ? thresholds : 0;
        ignored[range] = range == 0 || range == area ? 0 : all;
      }
      counts.add(new DetectionOutcome(classId, random.nextDouble(), matched, ignored));
    }
    return counts;
  }
}
