package io.videottt.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** PQ of a frame of 1024 x 2048 pixels with 60 segments of 19 classes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PanopticBenchmark {

  private static final int HEIGHT = 1024;
  private static final int WIDTH = 2048;
  private static final int CLASSES = 19;
  private static final int SEGMENTS = 60;

  /** Spreads the ids over what three bytes hold. */
  private static final int ID_STEP = 251_003;

  /** Share of the prediction's pixels that are drawn at random; with 1 the ground truth's too. */
  @Param({"0", "0.05", "1"})
  private double noise;

  private PanopticMap truth;
  private PanopticMap prediction;

  /** Draws the frame. */
  @Setup
  public void draw() {
    truth = map(new BenchmarkScene(HEIGHT, WIDTH, SEGMENTS, 2, 0).speckled(Math.floor(noise), 5));
    prediction = map(new BenchmarkScene(HEIGHT, WIDTH, SEGMENTS, 2, 4).speckled(noise, 6));
  }

  private static PanopticMap map(BenchmarkScene scene) {
    int[] ids = Arrays.stream(scene.areas()).map(area -> (area + 1) * ID_STEP).toArray();
    List<PanopticSegment> segments = new ArrayList<>();
    for (int id : Arrays.stream(ids).distinct().toArray()) {
      segments.add(PanopticSegment.predicted(id, id / ID_STEP % CLASSES));
    }
    return new PanopticMap(HEIGHT, WIDTH, ids, segments);
  }

  /** Matching and quality. */
  @Benchmark
  public Optional<PanopticQuality> frame() {
    PanopticCounts counts = new PanopticCounts(CLASSES);
    counts.add("frame", truth, prediction);
    return counts.quality();
  }
}
