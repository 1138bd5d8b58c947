package io.videottt.catalog.film;

import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.RgbImage;
import io.videottt.io.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A video file while it is written, frame after frame, of which one at a time is in memory. {@link
 * #finish} makes it visible, whole, on any Hadoop file system; closing without that leaves nothing.
 * It is encoded on the local disk, in the folder for temporary files. Frames are shown for equal
 * times. The same frames give the same bytes. Not thread-safe.
 */
public final class FilmWriter implements AutoCloseable {

  private final Path target;
  private final Path temporaryFolder;
  private final Configuration hadoop;
  private final int height;
  private final int width;
  private final java.nio.file.Path local;
  private final FilmEncoder encoder;
  private int frames;

  /**
   * Begins a file.
   *
   * @param target what it is called when it is whole; an older one is replaced then
   * @param temporaryFolder where it is copied before it is renamed, on the target's file system
   * @param height rows of all frames
   * @param width columns of all frames
   * @param framesPerSecond above 0
   * @throws InvalidInputException when such frames cannot be encoded, or not on this machine
   */
  public FilmWriter(
      Path target,
      Path temporaryFolder,
      Configuration hadoop,
      int height,
      int width,
      double framesPerSecond) {
    if (!(framesPerSecond > 0 && framesPerSecond < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(framesPerSecond + " frames a second");
    }
    this.target = target;
    this.temporaryFolder = temporaryFolder;
    this.hadoop = hadoop;
    this.height = height;
    this.width = width;
    FilmFormat format = FilmFormat.of(height, width);
    Ffmpeg.require();
    try {
      this.local = Files.createTempFile("ttt-film-", "." + format.extension());
    } catch (IOException e) {
      throw unwritable(FailureReason.of(e), e);
    }
    FilmEncoder opened = null;
    try {
      opened = new FilmEncoder(local, format, height, width, framesPerSecond);
    } catch (BrokenFilm e) {
      throw unwritable(e.getMessage(), e);
    } finally {
      if (opened == null) {
        deleteLocal();
      }
    }
    this.encoder = opened;
  }

  /**
   * Adds a frame.
   *
   * @throws IllegalArgumentException when it is of another size
   * @throws InvalidInputException when the disk does not take it
   */
  public void write(RgbImage frame) {
    if (frame.height() != height || frame.width() != width) {
      throw new IllegalArgumentException(
          "a frame of %d x %d in a film of %d x %d (width x height)"
              .formatted(frame.width(), frame.height(), width, height));
    }
    try {
      encoder.write(frame.pixels(), frames);
    } catch (BrokenFilm e) {
      throw unwritable(e.getMessage(), e);
    }
    frames++;
  }

  /**
   * Makes the file visible.
   *
   * @throws IllegalStateException when it has no frame
   * @throws InvalidInputException when it cannot be written
   */
  public void finish() {
    if (frames == 0) {
      throw new IllegalStateException("a film without a frame");
    }
    try {
      encoder.finish();
      Storage.of(target, hadoop)
          .write(target, temporaryFolder, stream -> Files.copy(local, stream));
    } catch (BrokenFilm e) {
      throw unwritable(e.getMessage(), e);
    } catch (IOException e) {
      throw unwritable(FailureReason.of(e), e);
    }
  }

  private InvalidInputException unwritable(String reason, Exception cause) {
    return new InvalidInputException(
        "%s: the video cannot be written: %s".formatted(target, reason), cause);
  }

  @Override
  public void close() {
    encoder.close();
    deleteLocal();
  }

  private void deleteLocal() {
    try {
      Files.deleteIfExists(local);
    } catch (IOException e) {
      // It is in the folder for temporary files, and of no use to anybody.
      local.toFile().deleteOnExit();
    }
  }
}
