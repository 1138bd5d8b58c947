package io.videottt.metrics;

import java.util.OptionalDouble;
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

/** mIoU of a frame of 1024 x 2048 pixels and 19 classes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SemanticBenchmark {

  private static final int HEIGHT = 1024;
  private static final int WIDTH = 2048;
  private static final int CLASSES = 19;
  private static final int AREAS = 400;

  /** Share of the prediction's pixels that are drawn at random; with 1 the ground truth's too. */
  @Param({"0", "0.05", "1"})
  private double noise;

  private byte[] truth;
  private byte[] prediction;

  /** Draws the frame. */
  @Setup
  public void draw() {
    truth = labels(new BenchmarkScene(HEIGHT, WIDTH, AREAS, 1, 0).speckled(Math.floor(noise), 5));
    prediction = labels(new BenchmarkScene(HEIGHT, WIDTH, AREAS, 1, 3).speckled(noise, 6));
  }

  private static byte[] labels(BenchmarkScene scene) {
    int[] areas = scene.areas();
    byte[] labels = new byte[areas.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (areas[i] % CLASSES);
    }
    return labels;
  }

  /** Counts and mean. */
  @Benchmark
  public OptionalDouble frame() {
    SemanticCounts counts = new SemanticCounts(CLASSES);
    counts.add(truth, prediction);
    return counts.meanIou();
  }
}
