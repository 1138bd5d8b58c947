package io.videottt.adaptation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.GroundTruth;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameMetricsTest {

  @TempDir private Path folder;

  /** What the metrics of this test have in common. */
  abstract static class Own implements FrameMetric {

    private final String name;
    private final double value;

    Own(String name, double value) {
      this.name = name;
      this.value = value;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String title() {
      return name;
    }

    @Override
    public String description() {
      return name;
    }

    @Override
    public OptionalDouble of(Frame frame, TaskPrediction prediction) {
      return OptionalDouble.of(value);
    }
  }

  /** Always 3. */
  public static final class Three extends Own {
    public Three() {
      super("three", 3);
    }
  }

  /** No number. */
  public static final class Infinite extends Own {
    public Infinite() {
      super("infinite", Double.POSITIVE_INFINITY);
    }
  }

  /** Has a name that would be no column. */
  public static final class Unnamed extends Own {
    public Unnamed() {
      super("mIoU of mine", 0);
    }
  }

  /** Fails. */
  public static final class Failing extends Own {
    public Failing() {
      super("failing", 0);
    }

    @Override
    public OptionalDouble of(Frame frame, TaskPrediction prediction) {
      throw new IllegalStateException("no such class");
    }
  }

  private static Map<String, Double> measured() {
    LabelMap labels = new LabelMap(1, 1, new byte[1]);
    Frame frame = new Frame(0, "a", new RgbImage(1, 1, new byte[3]), GroundTruth.none());
    return FrameMetrics.of(frame, new TaskPrediction.Semantic(labels));
  }

  private <T> T with(Class<?> metric, Callable<T> action) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(services.resolve(FrameMetric.class.getName()), List.of(metric.getName()));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return action.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aMetricOfAJarHasAColumnOfItsOwn() throws Exception {
    assertThat(measured()).isEmpty();
    assertThat(with(Three.class, FrameMetricsTest::measured))
        .isEqualTo(Map.of("metric_three", 3.0));
  }

  @Test
  void whatIsNoNumberIsLeftOut() throws Exception {
    assertThat(with(Infinite.class, FrameMetricsTest::measured)).isEmpty();
  }

  @Test
  void aNameThatIsNoColumnAndAFailureNameTheClass() {
    assertThatThrownBy(() -> with(Unnamed.class, FrameMetricsTest::measured))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(Unnamed.class.getName(), "'mIoU of mine'");
    assertThatThrownBy(() -> with(Failing.class, FrameMetricsTest::measured))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(Failing.class.getName(), "no such class");
  }
}
