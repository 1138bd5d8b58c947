package io.videottt.metrics;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Random cases with the values of the reference tools, where the development data is at hand or the
 * environment variable {@code VIDEOTTT_METRIC_CASES} names a folder of further ones.
 */
final class MetricCases {

  /** The agreement that is asked for, in percent points. */
  static final double TOLERANCE = 1e-6;

  private static final Path ROOT =
      Path.of(
              System.getenv()
                  .getOrDefault("VIDEOTTT_METRIC_CASES", "../../shared/fixtures/metric-cases"))
          .toAbsolutePath()
          .normalize();

  private MetricCases() {}

  /** Skips the test, with a message, when the cases are not there. */
  static Path root() {
    assumeTrue(Files.isDirectory(ROOT), "no metric cases at " + ROOT);
    return ROOT;
  }

  static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode expected() {
    return json(root().resolve("expected.json"));
  }

  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first channel of an image. */
  static byte[] labels(Path file) {
    BufferedImage image = image(file);
    int[] samples =
        image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
    byte[] labels = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      labels[i] = (byte) samples[i];
    }
    return labels;
  }

  static BufferedImage image(Path file) {
    try {
      return ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
