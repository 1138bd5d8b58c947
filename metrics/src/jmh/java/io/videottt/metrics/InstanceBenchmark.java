package io.videottt.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * AP of an image of 720 x 1280 pixels with 100 detections and 40 objects of 5 classes, from
 * compressed run lengths to all six numbers.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class InstanceBenchmark {

  private static final int HEIGHT = 720;
  private static final int WIDTH = 1280;
  private static final int OBJECTS = 40;
  private static final int DETECTIONS = 100;
  private static final int CLASSES = 5;

  private final List<String> truths = new ArrayList<>();
  private final List<String> found = new ArrayList<>();

  /** Draws and compresses the masks. */
  @Setup
  public void draw() {
    Random random = new Random(3);
    double[][] boxes = new double[OBJECTS][];
    for (int i = 0; i < OBJECTS; i++) {
      boxes[i] =
          new double[] {
            random.nextDouble() * WIDTH,
            random.nextDouble() * HEIGHT,
            20 + random.nextDouble() * 150,
            20 + random.nextDouble() * 120
          };
      truths.add(ellipse(boxes[i], 0));
    }
    for (int i = 0; i < DETECTIONS; i++) {
      found.add(ellipse(boxes[i % OBJECTS], random.nextDouble() * 20));
    }
  }

  private static String ellipse(double[] box, double shift) {
    boolean[] mask = new boolean[HEIGHT * WIDTH];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double u = (x - box[0] - shift) / box[2];
        double v = (y - box[1]) / box[3];
        mask[y * WIDTH + x] = u * u + v * v <= 1;
      }
    }
    return RunLengthMask.of(HEIGHT, WIDTH, mask).compressed();
  }

  /** Decoding, matching and the six numbers. */
  @Benchmark
  public List<Object> image() {
    List<InstanceTruth> objects = new ArrayList<>();
    for (int i = 0; i < OBJECTS; i++) {
      RunLengthMask mask = RunLengthMask.parse(HEIGHT, WIDTH, truths.get(i));
      objects.add(new InstanceTruth(i % CLASSES, mask, mask.area(), false));
    }
    List<InstanceDetection> detections = new ArrayList<>();
    for (int i = 0; i < DETECTIONS; i++) {
      RunLengthMask mask = RunLengthMask.parse(HEIGHT, WIDTH, found.get(i));
      detections.add(new InstanceDetection(i % OBJECTS % CLASSES, mask, 1.0 / (1 + i)));
    }
    InstanceCounts counts = new InstanceCounts(CLASSES);
    counts.add("image", objects, detections);
    return List.of(
        counts.averagePrecision(AreaRange.ALL),
        counts.averagePrecisionAt(0),
        counts.averagePrecisionAt(5),
        counts.averagePrecision(AreaRange.SMALL),
        counts.averagePrecision(AreaRange.MEDIUM),
        counts.averagePrecision(AreaRange.LARGE));
  }
}
