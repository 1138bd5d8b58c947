package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The average precision of random images equals COCO's definition, spelt out on pixels. */
class InstanceDefinitionTest {

  private static final int CLASSES = 2;
  private static final int HEIGHT = 40;
  private static final int WIDTH = 110;

  private record Image(List<InstanceTruth> truths, List<InstanceDetection> detections) {}

  /** A detection that counts: its score, and whether it found an object. */
  private record Counted(double score, boolean right) {}

  @Test
  void randomImagesEqualTheDefinition() {
    Random random = new Random(22);
    for (int trial = 0; trial < 12; trial++) {
      List<Image> images = new ArrayList<>();
      InstanceCounts counts = new InstanceCounts(CLASSES);
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        Image image = image(random);
        images.add(image);
        counts.add("image", image.truths(), image.detections());
      }
      for (AreaRange range : AreaRange.values()) {
        assertClose(counts.averagePrecision(range), byDefinition(images, range, 0, 9));
      }
      assertClose(counts.averagePrecisionAt(0), byDefinition(images, AreaRange.ALL, 0, 0));
      assertClose(counts.averagePrecisionAt(5), byDefinition(images, AreaRange.ALL, 5, 5));
    }
  }

  private static void assertClose(Optional<Double> value, Optional<Double> expected) {
    assertThat(value.isPresent()).isEqualTo(expected.isPresent());
    expected.ifPresent(number -> assertThat(value.orElseThrow()).isCloseTo(number, within(1e-9)));
  }

  private static Image image(Random random) {
    List<InstanceTruth> truths = new ArrayList<>();
    List<InstanceDetection> detections = new ArrayList<>();
    boolean crowdsOnly = random.nextInt(6) == 0;
    for (int i = random.nextInt(6); i > 0; i--) {
      RunLengthMask mask = rectangle(random);
      boolean crowd = crowdsOnly || random.nextInt(5) == 0;
      truths.add(new InstanceTruth(random.nextInt(CLASSES), mask, mask.area(), crowd));
    }
    // One image in eight has more detections of one class than count.
    int count = random.nextInt(8) == 0 ? 115 : random.nextInt(12);
    for (int i = 0; i < count; i++) {
      boolean near = !truths.isEmpty() && random.nextInt(4) > 0;
      InstanceTruth truth = near ? truths.get(random.nextInt(truths.size())) : null;
      RunLengthMask mask = near ? frayed(random, truth.mask()) : rectangle(random);
      int classId = count > 100 ? 0 : near ? truth.classId() : random.nextInt(CLASSES);
      // Few scores, so that many are equal.
      detections.add(new InstanceDetection(classId, mask, random.nextInt(5) / 4.0));
    }
    return new Image(truths, detections);
  }

  private static RunLengthMask rectangle(Random random) {
    boolean[] pixels = new boolean[HEIGHT * WIDTH];
    int top = random.nextInt(HEIGHT);
    int left = random.nextInt(WIDTH);
    int bottom = top + random.nextInt(HEIGHT - top + 1);
    int right = left + 1 + random.nextInt(WIDTH - left);
    for (int y = top; y < bottom; y++) {
      Arrays.fill(pixels, y * WIDTH + left, y * WIDTH + right, true);
    }
    return RunLengthMask.of(HEIGHT, WIDTH, pixels);
  }

  private static RunLengthMask frayed(Random random, RunLengthMask mask) {
    boolean[] pixels = mask.toPixels();
    double share = random.nextInt(3) * 0.2;
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] &= random.nextDouble() >= share;
    }
    return RunLengthMask.of(HEIGHT, WIDTH, pixels);
  }

  private static Optional<Double> byDefinition(
      List<Image> images, AreaRange range, int first, int last) {
    List<Double> values = new ArrayList<>();
    for (int classId = 0; classId < CLASSES; classId++) {
      for (int threshold = first; threshold <= last; threshold++) {
        List<Counted> counted = new ArrayList<>();
        long objects = 0;
        for (Image image : images) {
          objects += match(image, classId, range, 0.5 + 0.05 * threshold, counted);
        }
        if (objects > 0) {
          values.add(100 * precision(counted, objects));
        }
      }
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(values.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
  }

  /** Appends the detections that count and returns how many objects count. */
  private static long match(
      Image image, int classId, AreaRange range, double demand, List<Counted> counted) {
    List<InstanceTruth> truths =
        image.truths().stream().filter(truth -> truth.classId() == classId).toList();
    List<InstanceTruth> free = new ArrayList<>(truths);
    image.detections().stream()
        .filter(detection -> detection.classId() == classId)
        .sorted(Comparator.comparing(InstanceDetection::score).reversed())
        .limit(100)
        .forEach(
            detection -> {
              InstanceTruth best = null;
              for (InstanceTruth truth : free) {
                double iou = iou(detection.mask(), truth);
                boolean better =
                    best == null
                        || counts(truth, range) && !counts(best, range)
                        || counts(truth, range) == counts(best, range)
                            && iou >= iou(detection.mask(), best);
                best = iou >= demand - 1e-12 && better ? truth : best;
              }
              if (best != null && !best.crowd()) {
                removeSame(free, best);
              }
              boolean ignored =
                  best == null ? !range.contains(detection.mask().area()) : !counts(best, range);
              if (!ignored) {
                counted.add(new Counted(detection.score(), best != null));
              }
            });
    return truths.stream().filter(truth -> counts(truth, range)).count();
  }

  private static void removeSame(List<InstanceTruth> truths, InstanceTruth gone) {
    truths.removeIf(truth -> truth == gone);
  }

  private static boolean counts(InstanceTruth truth, AreaRange range) {
    return !truth.crowd() && range.contains(truth.area());
  }

  private static double iou(RunLengthMask detection, InstanceTruth truth) {
    boolean[] one = detection.toPixels();
    boolean[] other = truth.mask().toPixels();
    double common = 0;
    double whole = 0;
    for (int i = 0; i < one.length; i++) {
      common += one[i] && other[i] ? 1 : 0;
      whole += one[i] || other[i] && !truth.crowd() ? 1 : 0;
    }
    return whole == 0 ? 0 : common / whole;
  }

  /** Mean over 101 recalls of the best precision at that recall or a higher one. */
  private static double precision(List<Counted> counted, long objects) {
    List<Counted> sorted =
        counted.stream().sorted(Comparator.comparing(Counted::score).reversed()).toList();
    double sum = 0;
    for (int point = 0; point <= 100; point++) {
      double best = 0;
      long right = 0;
      for (int i = 0; i < sorted.size(); i++) {
        right += sorted.get(i).right() ? 1 : 0;
        if (100.0 * right / objects >= point - 1e-9) {
          best = Math.max(best, (double) right / (i + 1));
        }
      }
      sum += best;
    }
    return sum / 101;
  }
}
