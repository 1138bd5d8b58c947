package io.videottt.catalog.film;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.Layout;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.catalog.video.Video;
import io.videottt.io.storage.SafePaths;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.bytedeco.ffmpeg.global.swscale;

/**
 * A folder of video files: every file is a video, called by its file name, and nobody has annotated
 * it.
 *
 * @param videos folder of the files below the root; empty for the root itself
 * @param everySeconds seconds between the frames that are taken; 0 for all frames as they come
 * @param from seconds of a file before its first frame that is taken
 * @param to second of a file where no frame is taken any more; 0 for its end
 * @param height rows that frames are scaled to, as people see them; 0 for those of the file
 * @param width columns that frames are scaled to; 0 for those of the file
 */
public record VideoFilesLayout(
    String videos, double everySeconds, double from, double to, int height, int width)
    implements Layout {

  private static final int LARGEST_SIDE = 8192;

  /** Every frame of every file, in its size. */
  public VideoFilesLayout() {
    this(null, 0, 0, 0, 0, 0);
  }

  /** Fills the default and checks the values. */
  public VideoFilesLayout {
    videos = videos == null ? "" : videos;
    if (!videos.isEmpty()) {
      SafePaths.requireRelative(videos, "videos");
    }
    requireSeconds("everySeconds", everySeconds);
    requireSeconds("from", from);
    requireSeconds("to", to);
    if (to > 0 && to <= from) {
      throw new InvalidInputException("to is %s, expected more than from, %s".formatted(to, from));
    }
    if (height < 0 || height > LARGEST_SIDE || width < 0 || width > LARGEST_SIDE) {
      throw new InvalidInputException(
          "height %d, width %d, expected 0 to %d".formatted(height, width, LARGEST_SIDE));
    }
    if ((height == 0) != (width == 0)) {
      throw new InvalidInputException(
          "height is %d and width %d; give both or none".formatted(height, width));
    }
  }

  private static void requireSeconds(String key, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("%s is %s, expected 0 or more".formatted(key, value));
    }
  }

  /** Whether a file is a video by the ending of its name. */
  public static boolean isFilm(String fileName) {
    return FilmFolder.isFilm(fileName);
  }

  /**
   * One video file, without a catalogue.
   *
   * @param file any Hadoop path
   * @throws io.videottt.catalog.file.FileProblem when it is no video that is read here, or breaks
   *     before its end
   */
  public Video film(Path file, Configuration hadoop) {
    FrameTimes times = FrameTimes.of(file, hadoop, reach());
    int[] chosen = FrameChoice.of(times, this, file.toString());
    return new Film(file.getName(), file, chosen, this, times, 0, hadoop);
  }

  /** Seconds after which no frame is taken. */
  double reach() {
    return to > 0 ? to : Double.POSITIVE_INFINITY;
  }

  @Override
  public String type() {
    return "video-files";
  }

  @Override
  public double framesPerSecond() {
    return everySeconds > 0 ? 1 / everySeconds : 0;
  }

  /** None: films come without annotation. */
  @Override
  public Set<Task> tasks() {
    return Set.of();
  }

  @Override
  public String reading() {
    // Another major version rounds colours otherwise.
    return "VideoFiles, every %s s from %s to %s, %d x %d, swscale %d"
        .formatted(everySeconds, from, to, height, width, swscale.LIBSWSCALE_VERSION_MAJOR);
  }

  @Override
  public VideoSource open(DataSetDefinition definition, Configuration hadoop) {
    return new FilmFolder(this, definition, hadoop);
  }
}
