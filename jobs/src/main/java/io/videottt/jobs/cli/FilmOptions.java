package io.videottt.jobs.cli;

import io.videottt.catalog.film.VideoFilesLayout;
import picocli.CommandLine.Option;

/** Which frames of a video file are taken. */
final class FilmOptions {

  @Option(
      names = "--from",
      defaultValue = "0",
      paramLabel = "SECONDS",
      description = "Video: seconds before the first frame that is taken (default: its beginning).")
  private double from;

  @Option(
      names = "--to",
      defaultValue = "0",
      paramLabel = "SECONDS",
      description = "Video: second where no frame is taken any more (default: its end).")
  private double to;

  @Option(
      names = "--every-seconds",
      defaultValue = "0",
      paramLabel = "SECONDS",
      description = "Video: seconds between frames (default: every frame).")
  private double everySeconds;

  /**
   * The frames, in their own size.
   *
   * @throws io.videottt.base.InvalidInputException when a value makes no sense
   */
  VideoFilesLayout layout() {
    return new VideoFilesLayout(null, everySeconds, from, to, 0, 0);
  }
}
