package io.videottt.catalog.image;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes the samples of a JPEG file with the JDK's libjpeg. */
final class JpegDecoder {

  private static final Pattern STRAY_BYTES =
      Pattern.compile("Corrupt JPEG data: \\d+ extraneous bytes before marker 0x([0-9a-f]{2})");

  private static final String END = "d9";

  private final JpegFile file;
  private final String source;

  JpegDecoder(JpegFile file, String source) {
    this.file = file;
    this.source = source;
  }

  /** What decoding came to: the samples, and libjpeg's first warning; it tells no other. */
  private record Attempt(Raster samples, Optional<String> warning) {}

  /**
   * Decodes the components, at full size, their values not converted.
   *
   * @throws io.videottt.base.InvalidInputException when coded data is missing or wrong
   * @throws IOException when libjpeg refuses the file
   */
  Raster decode() throws IOException {
    Attempt attempt = attempt(file.essential());
    if (attempt.warning().isPresent() && mayHideDamage(attempt.warning().get())) {
      attempt = attempt(JpegCodedData.withoutStrayBytes(file, source));
      if (attempt.warning().isPresent()) {
        throw JpegFile.damaged(source, attempt.warning().get());
      }
    }
    return attempt.samples();
  }

  /**
   * Stray bytes do no harm. Before the end marker they are the last thing that libjpeg can warn of;
   * before another marker, a warning of real damage may have been held back.
   */
  private boolean mayHideDamage(String warning) {
    Matcher stray = STRAY_BYTES.matcher(warning);
    if (!stray.matches()) {
      throw JpegFile.damaged(source, warning);
    }
    return !stray.group(1).equals(END);
  }

  private static Attempt attempt(byte[] data) throws IOException {
    ImageReader reader = JdkImageReaders.of("jpeg");
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(data))) {
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((origin, warning) -> warnings.add(warning));
      reader.setInput(stream, true, true);
      Raster samples = reader.readRaster(0, null);
      return new Attempt(samples, warnings.stream().findFirst());
    } finally {
      reader.dispose();
    }
  }
}
