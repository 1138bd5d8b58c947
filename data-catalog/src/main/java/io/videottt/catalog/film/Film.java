package io.videottt.catalog.film;

import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameReader;
import io.videottt.catalog.video.Video;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A video whose frames are decoded from one file. Reading in order decodes every frame once; a
 * single frame from anywhere is decoded from the nearest frame before it that needs no other.
 */
final class Film implements Video {

  private final String id;
  private final Path file;
  private final int[] chosen;
  private final VideoFilesLayout layout;
  private final FrameTimes times;
  private final double framesPerSecond;
  private final Configuration hadoop;

  /**
   * @param chosen the numbers of the frames in the file, ascending
   * @param rate frames per second that the catalogue names; 0 for those of the file
   */
  Film(
      String id,
      Path file,
      int[] chosen,
      VideoFilesLayout layout,
      FrameTimes times,
      double rate,
      Configuration hadoop) {
    this.id = id;
    this.file = file;
    this.chosen = chosen;
    this.layout = layout;
    this.times = times;
    this.framesPerSecond =
        layout.everySeconds() > 0
            ? 1 / layout.everySeconds()
            : rate > 0 ? rate : times.framesPerSecond();
    this.hadoop = hadoop;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int frameCount() {
    return chosen.length;
  }

  @Override
  public double framesPerSecond() {
    return framesPerSecond;
  }

  /** The frame's number in the file, counted from 0 in the order in which frames are shown. */
  @Override
  public String frameName(int index) {
    return "%06d".formatted(chosen[index]);
  }

  @Override
  public boolean annotated(int index) {
    return false;
  }

  @Override
  public Frame read(int index) {
    try (FrameReader reader = reader()) {
      return reader.read(index);
    }
  }

  @Override
  public boolean oneFile() {
    return true;
  }

  @Override
  public FrameReader reader() {
    return new FilmReader(this, file, chosen, layout, times, hadoop);
  }

  @Override
  public List<String> notes() {
    return times.notes().stream().map(note -> "%s: %s".formatted(file, note)).toList();
  }
}
