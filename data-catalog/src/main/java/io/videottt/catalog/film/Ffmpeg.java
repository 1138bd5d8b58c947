package io.videottt.catalog.film;

import io.videottt.base.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's libraries, loaded once for the process, silent, and their numbers in words. */
final class Ffmpeg {

  private static final int MESSAGE_BYTES = 256;

  /** Most bytes that FFmpeg takes at once, whatever a file claims. */
  private static final long LARGEST_BLOCK = 1L << 30;

  /** Why there are no libraries for this machine; empty where they are loaded. */
  private static final Optional<String> FAILURE = load();

  private Ffmpeg() {}

  private static Optional<String> load() {
    // Memory is freed where it is taken here. The library's own bounds, made of the Java heap's,
    // know
    // nothing of an engine beside it and would end in an error.
    setUnlessSet("org.bytedeco.javacpp.nopointergc", "true");
    setUnlessSet("org.bytedeco.javacpp.maxBytes", "0");
    setUnlessSet("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    try {
      Loader.load(avutil.class);
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
      avutil.av_max_alloc(LARGEST_BLOCK);
      return Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void setUnlessSet(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /**
   * Makes sure that the libraries are there.
   *
   * @throws InvalidInputException when there are none for this machine
   */
  static void require() {
    if (FAILURE.isPresent()) {
      throw new InvalidInputException(
          "video files cannot be read on this machine: %s%n".formatted(FAILURE.get())
              + "FFmpeg's libraries come with the build for one platform, see docs/data.md");
    }
  }

  /** What FFmpeg calls one of its error numbers. */
  static String message(int error) {
    byte[] text = new byte[MESSAGE_BYTES];
    avutil.av_strerror(error, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }
}
