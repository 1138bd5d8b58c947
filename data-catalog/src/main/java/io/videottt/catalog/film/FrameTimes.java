package io.videottt.catalog.film;

import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.image.Orientation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * When the frames of a file are shown: found by walking over its packets, of which none is decoded
 * unless the file does not tell.
 */
final class FrameTimes {

  /** More than a day at 48 frames a second. */
  private static final int MOST_FRAMES = 1 << 22;

  /** Intervals that differ by less are those of a constant rate, rounded to the file's clock. */
  private static final double EVEN = 0.1;

  private final long[] times;
  private final long[] starts;
  private final double tick;
  private final Orientation orientation;
  private final String notRecorded;

  private FrameTimes(
      long[] times, long[] starts, double tick, Orientation orientation, String aspect) {
    this.times = times;
    this.starts = starts;
    this.tick = tick;
    this.orientation = orientation;
    this.notRecorded = aspect;
  }

  /**
   * Walks over a file.
   *
   * @param reach seconds after which no frame is wanted
   * @throws FileProblem naming the frame at which the file breaks
   */
  static FrameTimes of(Path file, Configuration hadoop, double reach) {
    try (Demuxer demuxer = Demuxer.open(file, hadoop)) {
      AVRational base = demuxer.timeBase();
      double tick = (double) base.num() / base.den();
      if (!(tick > 0)) {
        throw FileProblem.unreadable(demuxer.source(), "has no clock");
      }
      Walk walk = new Walk(demuxer, tick, reach);
      boolean told =
          !(demuxer.avi() && demuxer.parameters().codec_id() == avcodec.AV_CODEC_ID_MPEG4)
              && walk.packets();
      if (!told) {
        walk = decoded(file, hadoop, tick, reach);
      }
      if (walk.count == 0) {
        throw FileProblem.unreadable(demuxer.source(), "has no frame");
      }
      long[] times = Arrays.copyOf(walk.times, walk.count);
      Arrays.sort(times);
      long[] starts = Arrays.copyOf(walk.starts, walk.startCount);
      Arrays.sort(starts);
      return new FrameTimes(
          times,
          starts,
          tick,
          orientation(demuxer),
          aspect(demuxer.parameters().sample_aspect_ratio()));
    }
  }

  private static Walk decoded(Path file, Configuration hadoop, double tick, double reach) {
    try (Demuxer demuxer = Demuxer.open(file, hadoop)) {
      Walk walk = new Walk(demuxer, tick, reach);
      walk.frames();
      return walk;
    }
  }

  private static Orientation orientation(Demuxer demuxer) {
    int[] matrix = demuxer.displayMatrix();
    return matrix == null
        ? Orientation.UPRIGHT
        : DisplayMatrix.orientation(matrix, demuxer.source());
  }

  private static String aspect(AVRational ratio) {
    boolean square = ratio.num() <= 0 || ratio.den() <= 0 || ratio.num() == ratio.den();
    return square ? "" : "%d:%d".formatted(ratio.num(), ratio.den());
  }

  /** Number of frames, at least 1. */
  int count() {
    return times.length;
  }

  /** When a frame is shown, on the stream's clock. */
  long time(int frame) {
    return times[frame];
  }

  /** When a frame is shown, in seconds after the first. */
  double seconds(int frame) {
    return (times[frame] - times[0]) * tick;
  }

  /** When the last frame is over, as long as one is shown on average. */
  double endSeconds() {
    return seconds(count() - 1) + 1 / framesPerSecond();
  }

  /** Frames a second on average; 1 of a file of one frame. */
  double framesPerSecond() {
    double seconds = seconds(count() - 1);
    return seconds > 0 ? (count() - 1) / seconds : 1;
  }

  /**
   * The number of the frame of a time.
   *
   * @return negative where there is none
   */
  int at(long time) {
    int found = Arrays.binarySearch(times, time);
    while (found > 0 && times[found - 1] == time) {
      found--;
    }
    return found;
  }

  /** The last frame up to one that needs no other, -1 where none is known. */
  int startBefore(int frame) {
    int found = Arrays.binarySearch(starts, times[frame]);
    int place = found >= 0 ? found : -found - 2;
    return place < 0 ? -1 : at(starts[place]);
  }

  Orientation orientation() {
    return orientation;
  }

  /** What a person should know of the file, a sentence for each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    double shortest = Double.POSITIVE_INFINITY;
    double longest = 0;
    for (int i = 1; i < count(); i++) {
      double interval = (times[i] - times[i - 1]) * tick;
      shortest = Math.min(shortest, interval);
      longest = Math.max(longest, interval);
    }
    double mean = 1 / framesPerSecond();
    if (count() > 1 && longest - shortest > Math.max(EVEN * mean, 2.1 * tick)) {
      notes.add(
          String.format(
              Locale.ROOT,
              "variable frame rate: %.0f to %.0f ms between frames, %.2f frames a second on average;"
                  + " everySeconds takes them evenly",
              1000 * shortest,
              1000 * longest,
              framesPerSecond()));
    }
    if (!notRecorded.isEmpty()) {
      notes.add("its pixels are not square (%s); they are taken as stored".formatted(notRecorded));
    }
    return notes;
  }

  /** The way over a file's packets or frames. */
  private static final class Walk {

    private final Demuxer demuxer;
    private final double tick;
    private final double reach;
    private long[] times = new long[1024];
    private long[] starts = new long[64];
    private int count;
    private int startCount;
    private long first = Long.MAX_VALUE;

    Walk(Demuxer demuxer, double tick, double reach) {
      this.demuxer = demuxer;
      this.tick = tick;
      this.reach = reach;
    }

    /**
     * Looks at all packets.
     *
     * @return whether they tell when their frames are shown
     */
    boolean packets() {
      AVPacket packet = avcodec.av_packet_alloc();
      int read = 0;
      try {
        while (demuxer.next(packet)) {
          read++;
          long time = packet.pts();
          int flags = packet.flags();
          avcodec.av_packet_unref(packet);
          if (time == avutil.AV_NOPTS_VALUE) {
            return false;
          }
          if ((flags & avcodec.AV_PKT_FLAG_DISCARD) != 0) {
            continue;
          }
          add(time);
          if ((flags & avcodec.AV_PKT_FLAG_KEY) != 0) {
            addStart(time);
          }
          if (beyond(time) && (flags & avcodec.AV_PKT_FLAG_KEY) != 0) {
            return true;
          }
        }
        if (read < demuxer.indexed()) {
          throw new BrokenFilm(
              "the file is cut off; its index lists %d frames".formatted(demuxer.indexed()));
        }
        requireWhole();
        return true;
      } catch (BrokenFilm e) {
        throw broken(e);
      } finally {
        avcodec.av_packet_free(packet);
      }
    }

    /** Decodes all frames. */
    void frames() {
      try (FrameDecoder decoder = new FrameDecoder(demuxer)) {
        for (AVFrame frame = decoder.next(); frame != null; frame = decoder.next()) {
          long time = decoder.time();
          if (time == avutil.AV_NOPTS_VALUE) {
            throw new BrokenFilm("it does not tell when the frame is shown");
          }
          add(time);
          if (beyond(time)) {
            return;
          }
        }
        requireWhole();
      } catch (BrokenFilm e) {
        throw broken(e);
      }
    }

    private void requireWhole() {
      if (demuxer.cutOff()) {
        throw new BrokenFilm("the file is cut off; copy it again");
      }
    }

    private boolean beyond(long time) {
      return (time - first) * tick > reach;
    }

    private FileProblem broken(BrokenFilm e) {
      return FileProblem.unreadable(
          demuxer.source(),
          String.format(
              Locale.ROOT,
              "breaks at frame %d (second %.2f): %s",
              count,
              count == 0 ? 0 : (Arrays.stream(times, 0, count).max().orElse(0) - first) * tick,
              e.getMessage()));
    }

    private void add(long time) {
      if (count == MOST_FRAMES) {
        throw FileProblem.unreadable(
            demuxer.source(), "has more than %d frames; cut it into parts".formatted(MOST_FRAMES));
      }
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = time;
      first = Math.min(first, time);
    }

    private void addStart(long time) {
      if (startCount == starts.length) {
        starts = Arrays.copyOf(starts, 2 * startCount);
      }
      starts[startCount++] = time;
    }
  }
}
