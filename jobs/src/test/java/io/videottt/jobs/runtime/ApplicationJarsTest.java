package io.videottt.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.reports.figure.BarFigure;
import io.videottt.reports.figure.BarFigure.Bar;
import io.videottt.reports.figure.BarFigure.Group;
import io.videottt.reports.figure.DrawnFigure;
import java.io.File;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What is shipped to a Spark distribution is complete: nothing else is on the class path here. */
class ApplicationJarsTest {

  /** Draws a figure in every format, with the classes of its own loader. */
  public static final class Drawing implements Callable<Integer> {

    @Override
    public Integer call() {
      Group bars = new Group("measured", List.of(new Bar(54.2, 53.7, 56.6)));
      BarFigure figure =
          new BarFigure("bars", "Bars", "A bar.", "mIoU (%)", List.of("Fixed"), List.of(bars));
      return DrawnFigure.of(figure).files().size();
    }
  }

  @Test
  void figuresAreDrawnWithTheJarsThatAreShipped() throws Exception {
    URL[] shipped =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> Files.isDirectory(entry) || ApplicationJars.isLibrary(entry))
            .map(ApplicationJarsTest::url)
            .toArray(URL[]::new);

    try (URLClassLoader loader =
        new URLClassLoader(shipped, ClassLoader.getPlatformClassLoader())) {
      Object drawing =
          loader.loadClass(Drawing.class.getName()).getDeclaredConstructor().newInstance();

      assertThat(((Callable<?>) drawing).call()).isEqualTo(2);
    }
  }

  private static URL url(Path entry) {
    try {
      return entry.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
